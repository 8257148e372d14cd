package io.muster.cli.resident;

import java.io.OutputStream;
import java.util.function.Consumer;

/** Runs commands of other processes in this one. Thread-safe. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs a command in this thread. Blocks until it is done.
     *
     * @param out its stdout; a write fails when nobody reads it any more
     * @param err its stderr
     * @param interrupted is given, once, what to do in another thread when the user wants out
     * @return its exit code
     */
    int run(CommandOrder order, OutputStream out, OutputStream err, Consumer<Runnable> interrupted);
}
