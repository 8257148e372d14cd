package io.muster.mpi.engine;

import org.jspecify.annotations.Nullable;

/** What a thread of its own does for a call that has returned, such as a non-blocking collective operation. */
public final class TaskOperation extends Operation {
    private volatile @Nullable RuntimeException failure;

    /** Throws what the work has thrown, if it has. Once it is done. */
    public void check() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
