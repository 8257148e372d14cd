package io.muster.mpi.transport;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The bytes of a ring: one producer, one consumer, in memory that both have mapped.
 *
 * <pre>
 *   0          slots that the consumer has taken, ever growing                  (long, written by the consumer)
 *   8          bytes of data that the consumer has taken, ever growing          (long, written by the consumer)
 *   128        64 slots of 128 bytes, one a frame
 *   8320       data: capacity bytes, a power of two, payloads that are too long for a slot
 *
 *   slot
 *   0               4               8              12              16
 *   +---------------+-------+-------+---------------+---------------+
 *   |    length     | kind  |  lap  |    context    |      tag      |
 *   +---------------+-------+-------+---------------+---------------+
 *   |             size              | senderHandle  |receiverHandle |
 *   +-------------------------------+---------------+---------------+
 *   |  payload of up to 96 bytes, or where it lies in the data (long) ...
 * </pre>
 *
 * <p>The first 8 bytes of a slot are written last, with release, and nothing else is ever written there: they publish
 * the frame. The lap says how often the producer has gone round, so the consumer takes no old slot for a new one, and
 * no index is shared on the way. A short message costs one cache line to move. Both areas are used and given back in
 * order; the consumer tells what it has taken in steps, which keeps the producer's line quiet, and a payload may fill a
 * quarter of the data, so the producer always gets on.
 */
final class RingLayout {
    static final int TAKEN_AT = 0;
    static final int DATA_TAKEN_AT = 8;
    static final int SLOTS_AT = 128;
    static final int SLOTS = 64;
    static final int SLOT = 128;
    static final int DATA_AT = SLOTS_AT + SLOTS * SLOT;
    static final int LINE = 64;

    static final int CONTEXT_AND_TAG_AT = 8;
    static final int SIZE_AT = 16;
    static final int HANDLES_AT = 24;
    static final int PAYLOAD_AT = 32;
    static final int INLINE = SLOT - PAYLOAD_AT;

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final VarHandle WORD = LONG.varHandle();

    private static final int KIND_SHIFT = 32;
    private static final int LAP_SHIFT = 48;
    private static final int MASK = 0xffff;
    private static final long LENGTH_MASK = 0xffff_ffffL;

    private RingLayout() {}

    static long strideBytes(long capacity) {
        return DATA_AT + capacity;
    }

    static int maxPayload(long capacity) {
        return (int) (capacity / 4);
    }

    static long padded(long length) {
        return (length + LINE - 1) & -LINE;
    }

    /** The first word of slot {@code number}, counted from the first frame on. */
    static long word(long number, int kind, int length) {
        return (lap(number) << LAP_SHIFT) | ((long) kind << KIND_SHIFT) | length;
    }

    /** Whether {@code word} was written for slot {@code number}. */
    static boolean isFor(long word, long number) {
        return word >>> LAP_SHIFT == lap(number);
    }

    static int kindOf(long word) {
        return (int) ((word >>> KIND_SHIFT) & MASK);
    }

    static int lengthOf(long word) {
        return (int) word;
    }

    static long pair(int low, int high) {
        return ((long) high << Integer.SIZE) | (low & LENGTH_MASK);
    }

    // Zeroed memory is no lap: the first one is 1.
    private static long lap(long number) {
        return (number / SLOTS + 1) & MASK;
    }
}
