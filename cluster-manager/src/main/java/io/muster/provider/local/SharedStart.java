package io.muster.provider.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start of one process for all nodes of a call that need one: each of them says whether it does, and whoever says
 * so last starts it. Thread-safe.
 *
 * @param <P> the process
 */
final class SharedStart<P> {
    private final Starter<P> starter;
    private final List<String> marks = new ArrayList<>();
    private int undecided;
    private boolean decided;
    private @Nullable P process;
    private @Nullable IOException failure;

    /** Starts the process. */
    @FunctionalInterface
    interface Starter<P> {
        /** @param marks of the nodes to serve, at least one */
        P start(List<String> marks) throws IOException;
    }

    /** @param nodes number of nodes that will say whether they need the process */
    SharedStart(int nodes, Starter<P> starter) {
        this.undecided = nodes;
        this.starter = starter;
    }

    /** One node needs no process, or not any more. */
    synchronized void without() {
        undecided--;
        startWhenAllDecided();
    }

    /**
     * One node needs the process. Blocks until all have decided.
     *
     * @throws IOException when it cannot be started
     * @throws InterruptedException when interrupted before it was started; the node is not served then
     */
    synchronized P with(String mark) throws IOException, InterruptedException {
        marks.add(mark);
        undecided--;
        startWhenAllDecided();
        try {
            while (!decided) {
                wait();
            }
        } catch (InterruptedException e) {
            marks.remove(mark);
            throw e;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (process == null) {
            throw new IllegalStateException("decided without a process for " + mark);
        }
        return process;
    }

    private void startWhenAllDecided() {
        if (undecided > 0) {
            return;
        }
        try {
            if (!marks.isEmpty()) {
                process = starter.start(marks);
            }
        } catch (IOException e) {
            failure = e;
        }
        decided = true;
        notifyAll();
    }
}
