package io.muster.bootstrap.ssh;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the standard input of a command on a node. */
@FunctionalInterface
public interface StreamWriter {
    /** A command that reads nothing. */
    StreamWriter NOTHING = out -> {};

    /**
     * Writes everything; called once, on a thread of its own. Flow control of the channel makes it block.
     *
     * @param out owned by the session, which flushes and closes it
     * @throws IOException when the command stopped reading
     */
    void writeTo(OutputStream out) throws IOException;

    /** Writes the given bytes. */
    static StreamWriter of(byte[] bytes) {
        return out -> out.write(bytes);
    }
}
