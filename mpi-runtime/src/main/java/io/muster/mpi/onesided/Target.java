package io.muster.mpi.onesided;

import io.muster.mpi.engine.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One rank's part of a window as the origin of operations sees it. Buffers are bases and offsets as in {@code Memory},
 * without gaps; an operation that returns null is done, and one that does not return anything needs the buffer no more.
 */
sealed interface Target permits MemoryTarget, MessageTarget {
    void put(Object base, long offset, long bytes, Block to);

    @Nullable
    Operation get(Object base, long offset, long bytes, Block from);

    void accumulate(Fold fold, Object base, long offset, long bytes, Block to);

    /** Updates the target with {@code base}, and sets {@code result} to what was there. */
    @Nullable
    Operation getAccumulate(
            Fold fold, Object base, long offset, Object result, long resultOffset, long bytes, Block to);

    /** {@code values} are what is compared with and what is put in its place, one after the other. */
    @Nullable
    Operation compareAndSwap(byte[] values, Object result, long resultOffset, long offset);

    /** Begins to complete, at the target too, what was started before; {@link #endFlush} waits for it. */
    @Nullable
    Flush beginFlush();

    void endFlush(@Nullable Flush flush);

    /** Completes here what was started before. */
    void flushLocal();

    /** A flush under way. */
    sealed interface Flush permits MessageTarget.Answer {}
}
