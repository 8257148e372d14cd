package io.muster.mpi.onesided;

import io.muster.mpi.engine.Engine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The locks of one rank's part of a window, in memory that all who access it directly have in common.
 *
 * <pre>
 *   0      whether somebody updates the memory: 0 or 1        (int)
 *   64     lock: tickets given out                            (int)
 *   68     lock: the ticket that may share it                 (int)
 *   72     lock: the ticket that may have it alone            (int)
 * </pre>
 *
 * <p>The lock is fair: whoever comes gets a ticket. One that shares lets the next sharer in as soon as it is in itself;
 * one that was alone, or the last of those who shared, lets in whoever is next. Thread-safe.
 */
final class ControlLine {
    static final int BYTES = 128;

    private static final int UPDATING_AT = 0;
    private static final int TICKETS_AT = 64;
    private static final int SHARED_AT = 68;
    private static final int ALONE_AT = 72;
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final Engine engine;
    private final MemorySegment memory;
    private final long start;

    /** At {@code start} of zeroed {@code memory}, a multiple of 64. */
    ControlLine(Engine engine, MemorySegment memory, long start) {
        this.engine = engine;
        this.memory = memory;
        this.start = start;
    }

    /** From now on nobody else updates the memory; for a moment. */
    void beginUpdate() {
        if (INT.compareAndSet(memory, start + UPDATING_AT, 0, 1)) {
            return;
        }
        Backoff backoff = new Backoff(engine);
        while (!INT.compareAndSet(memory, start + UPDATING_AT, 0, 1)) {
            backoff.pause();
        }
    }

    void endUpdate() {
        INT.setRelease(memory, start + UPDATING_AT, 0);
    }

    void lock(LockKind kind) {
        long turnAt = start + (kind == LockKind.SHARED ? SHARED_AT : ALONE_AT);
        int ticket = (int) INT.getAndAdd(memory, start + TICKETS_AT, 1);
        Backoff backoff = new Backoff(engine);
        while ((int) INT.getVolatile(memory, turnAt) != ticket) {
            backoff.pause();
        }
        if (kind == LockKind.SHARED) {
            INT.getAndAdd(memory, start + SHARED_AT, 1);
        }
    }

    void unlock(LockKind kind) {
        if (kind == LockKind.EXCLUSIVE) {
            INT.getAndAdd(memory, start + SHARED_AT, 1);
        }
        INT.getAndAdd(memory, start + ALONE_AT, 1);
    }
}
