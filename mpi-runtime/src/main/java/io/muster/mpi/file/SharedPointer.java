package io.muster.mpi.file;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.onesided.Block;
import io.muster.mpi.onesided.Fold;
import io.muster.mpi.onesided.LockKind;
import io.muster.mpi.onesided.Window;
import io.muster.mpi.onesided.WindowFactory;

/**
 * The shared file pointer (MPI 4.1, section 14.4.4): a number in a window, at rank 0, that all ranks add to. The window
 * has also the lock of atomic mode. Ranks of a machine reach it directly, others through a thread of rank 0. Unlike a
 * file beside the file it needs no file locks and leaves nothing behind. Thread-safe.
 */
final class SharedPointer {
    private static final int HOME = 0;
    private static final Block NUMBER = new Block(0, 1, CopyPlan.run(Long.BYTES));
    private static final Fold ADD = new Fold(Operator.SUM, Fold.Kind.PLAIN, ElementType.LONG, 1);
    private static final Fold SET = new Fold(Operator.REPLACE, Fold.Kind.PLAIN, ElementType.LONG, 1);

    private final Window window;
    private final Communicator core;

    /** All ranks call it, with a communicator of its own. */
    SharedPointer(Communicator core) {
        this.core = core;
        window = new WindowFactory(core).allocate(core.rank() == HOME ? Long.BYTES : 0, 1);
    }

    /** Adds to the pointer; what it was before. */
    long add(long etypes) {
        return update(ADD, etypes);
    }

    long get() {
        return add(0);
    }

    void set(long etypes) {
        update(SET, etypes);
    }

    // The epochs of a window are the rank's, not the thread's: one at a time.
    private synchronized long update(Fold fold, long operand) {
        long[] in = {operand};
        long[] before = new long[1];
        window.lock(HOME, LockKind.SHARED, false);
        try {
            Operation under = window.getAccumulate(HOME, fold, in, 0, before, 0, Long.BYTES, NUMBER);
            if (under != null) {
                core.engine().waitFor(under);
            }
        } finally {
            window.unlock(HOME);
        }
        return before[0];
    }

    /** Does {@code work} while no other rank does such work. */
    synchronized void exclusively(Runnable work) {
        window.lock(HOME, LockKind.EXCLUSIVE, true);
        try {
            work.run();
        } finally {
            window.unlock(HOME);
        }
    }

    /** All ranks call it. */
    void free() {
        window.free();
    }
}
