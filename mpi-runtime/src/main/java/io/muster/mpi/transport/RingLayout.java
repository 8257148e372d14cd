package io.muster.mpi.transport;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The bytes of a ring: one producer, one consumer, in memory that both have mapped.
 *
 * <pre>
 *   0          slots that the consumer has taken, ever growing                  (long, written by the consumer)
 *   8          bytes of data that the consumer has taken, ever growing          (long, written by the consumer)
 *   128        slots of 128 bytes, one a frame: 64 to 1024, a power of two
 *   …          data: capacity bytes, a power of two, payloads that are too long for a slot
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
 * quarter of the data, so the producer always gets on. There are many slots where there is room, so that a producer
 * that is ahead seldom waits: with a full ring both ends take turns in sleeping.
 */
final class RingLayout {
    static final int TAKEN_AT = 0;
    static final int DATA_TAKEN_AT = 8;
    static final int SLOTS_AT = 128;
    static final int SLOT = 128;
    static final int LINE = 64;

    static final int CONTEXT_AND_TAG_AT = 8;
    static final int SIZE_AT = 16;
    static final int HANDLES_AT = 24;
    static final int PAYLOAD_AT = 32;
    static final int INLINE = SLOT - PAYLOAD_AT;

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final VarHandle WORD = LONG.varHandle();

    private static final int LEAST_SLOTS = 64;
    private static final int MOST_SLOTS = 1024;
    private static final int BYTES_A_SLOT = 512;

    private static final int KIND_SHIFT = 32;
    private static final int LAP_SHIFT = 48;
    private static final int MASK = 0xffff;
    private static final long LENGTH_MASK = 0xffff_ffffL;

    private RingLayout() {}

    /** How many slots go with so much data. */
    static int slots(long capacity) {
        return Math.clamp(capacity / BYTES_A_SLOT, LEAST_SLOTS, MOST_SLOTS);
    }

    static long dataAt(long capacity) {
        return SLOTS_AT + (long) slots(capacity) * SLOT;
    }

    static long strideBytes(long capacity) {
        return dataAt(capacity) + capacity;
    }

    static int maxPayload(long capacity) {
        return (int) (capacity / 4);
    }

    static long padded(long length) {
        return (length + LINE - 1) & -LINE;
    }

    /** The first word of a slot. */
    static long word(long lap, int kind, int length) {
        return (lap << LAP_SHIFT) | ((long) kind << KIND_SHIFT) | length;
    }

    /** The lap in which {@code word} was written. */
    static long lapOf(long word) {
        return word >>> LAP_SHIFT;
    }

    /** The lap of a frame, counted from the first one on, where there are 2 to the power of {@code slotBits} slots. */
    static long lap(long number, int slotBits) {
        // Zeroed memory is no lap: the first one is 1.
        return ((number >>> slotBits) + 1) & MASK;
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
}
