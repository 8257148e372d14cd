package io.muster.mpi.transport;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The bytes of a ring: one producer, one consumer, in memory that both have mapped.
 *
 * <pre>
 *   0          consumed: bytes that the consumer has taken, ever growing       (long, written by the consumer)
 *   128        data: capacity bytes, a power of two
 *
 *   data:  | frame, padded to 64 | frame ... | 0: not yet written | free ... | PAD up to the end |
 * </pre>
 *
 * <p>The length of a frame is written last, with release: it publishes the frame. Before that the producer writes 0
 * where the next length will be, so the consumer, which looks nowhere else, never takes old bytes for a frame. Thus a
 * small message costs one cache line to move, and no index is shared on the way. The consumer publishes what it has
 * taken in steps of an eighth of the capacity, which keeps the producer's line quiet; a frame may fill a quarter, so
 * the producer always gets on.
 */
final class RingLayout {
    static final int CONSUMED_AT = 0;
    static final int DATA_AT = 128;
    static final int LINE = 64;

    static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();
    static final VarHandle CONSUMED = ValueLayout.JAVA_LONG.varHandle();

    private RingLayout() {}

    static long strideBytes(long capacity) {
        return DATA_AT + capacity;
    }

    static int maxPayload(long capacity) {
        return (int) (capacity / 4) - LINE;
    }

    static long padded(long length) {
        return (length + LINE - 1) & -LINE;
    }
}
