package io.muster.mpi.onesided;

import io.muster.mpi.buffer.CopyPlan;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the origin of an operation asks its target to do; a message of at most {@link #MAX_BYTES} bytes.
 *
 * <pre>
 *   0               4               8                              16
 *   +---------------+---------------+-------------------------------+
 *   |     kind      |     tag       |        offset of block        |
 *   +---------------+---------------+-------------------------------+
 *   |     count     |     fold      |     position in the block     |
 *   +---------------+---------------+-------------------------------+
 *   |             bytes             | plan numbers  |    data at    |
 *   +-------------------------------+---------------+---------------+
 *   |  plan: plan numbers × 8 bytes ...   data: bytes ...
 * </pre>
 *
 * <p>Without plan numbers the block is so many bytes in a row. A plan or data that do not fit follow as messages of
 * their own with the tag. The answer comes with the tag behind it.
 */
record WindowRequest(Kind kind, int tag, Block block, int fold, long position, long bytes, int dataAt) {
    static final int MAX_BYTES = 8 << 10;
    static final int HEADER = 48;

    /** What {@code data at} is when there are none. */
    static final int NO_DATA = -1;

    /** What {@code data at} is when they follow. */
    static final int DATA_FOLLOW = 0;

    private static final int KIND_AT = 0;
    private static final int TAG_AT = 4;
    private static final int OFFSET_AT = 8;
    private static final int COUNT_AT = 16;
    private static final int FOLD_AT = 20;
    private static final int POSITION_AT = 24;
    private static final int BYTES_AT = 32;
    private static final int NUMBERS_AT = 40;
    private static final int DATA_AT_AT = 44;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** What is asked for. */
    enum Kind {
        PUT,
        GET,
        ACCUMULATE,
        GET_ACCUMULATE,
        COMPARE_AND_SWAP,

        // From here on no operation that a flush is about.
        /** An answer when all that came before is done. */
        FLUSH,
        LOCK_SHARED,
        LOCK_EXCLUSIVE,
        /** An answer when all that came before is done; others may have the lock. */
        UNLOCK,
        /** Of a rank to itself: nothing will be asked any more. */
        STOP;

        private static final Kind[] ALL = values();

        boolean touchesMemory() {
            return compareTo(COMPARE_AND_SWAP) <= 0;
        }
    }

    /** The numbers of the plan, none where the block is bytes in a row. */
    static long[] numbers(Block block) {
        return block.isContiguous() ? new long[0] : block.plan().described();
    }

    /** Where data begin in a message with a plan of so many numbers, when they fit; else {@link #DATA_FOLLOW}. */
    static int dataAt(int numbers, long bytes) {
        long at = HEADER + (long) numbers * Long.BYTES;
        return at + bytes <= MAX_BYTES ? (int) at : DATA_FOLLOW;
    }

    /** Whether a plan of so many numbers goes with the request. */
    static boolean holdsPlan(int numbers) {
        return HEADER + (long) numbers * Long.BYTES <= MAX_BYTES;
    }

    /** Where a plan of so many numbers ends in a message, if it goes with it. */
    static int planEnd(int numbers) {
        return holdsPlan(numbers) ? HEADER + numbers * Long.BYTES : HEADER;
    }

    /** Writes all but the data. */
    void write(byte[] message, long[] numbers) {
        MemorySegment to = MemorySegment.ofArray(message);
        to.set(INT, KIND_AT, kindCode());
        to.set(INT, TAG_AT, tag);
        to.set(LONG, OFFSET_AT, block.offset());
        to.set(INT, COUNT_AT, block.count());
        to.set(INT, FOLD_AT, fold);
        to.set(LONG, POSITION_AT, position);
        to.set(LONG, BYTES_AT, bytes);
        to.set(INT, NUMBERS_AT, numbers.length);
        to.set(INT, DATA_AT_AT, dataAt);
        if (holdsPlan(numbers.length)) {
            MemorySegment.copy(numbers, 0, to, LONG, HEADER, numbers.length);
        }
    }

    @SuppressWarnings("EnumOrdinal") // both ranks run the same version
    private int kindCode() {
        return kind.ordinal();
    }

    /** How many numbers the plan in a message has. */
    static int numbersIn(byte[] message) {
        return MemorySegment.ofArray(message).get(INT, NUMBERS_AT);
    }

    static int tagIn(byte[] message) {
        return MemorySegment.ofArray(message).get(INT, TAG_AT);
    }

    /** The plan in a message that holds it. */
    static long[] planIn(byte[] message) {
        long[] numbers = new long[numbersIn(message)];
        MemorySegment.copy(MemorySegment.ofArray(message), LONG, HEADER, numbers, 0, numbers.length);
        return numbers;
    }

    /** Reads a message, whose plan has these numbers; {@link IllegalArgumentException} for what makes no sense. */
    static WindowRequest read(byte[] message, long[] numbers) {
        MemorySegment from = MemorySegment.ofArray(message);
        int kind = from.get(INT, KIND_AT);
        long bytes = from.get(LONG, BYTES_AT);
        long position = from.get(LONG, POSITION_AT);
        long offset = from.get(LONG, OFFSET_AT);
        int dataAt = from.get(INT, DATA_AT_AT);
        if (kind < 0
                || kind >= Kind.ALL.length
                || bytes < 0
                || position < 0
                || dataAt < NO_DATA
                || dataAt > MAX_BYTES) {
            throw new IllegalArgumentException("a request of kind " + kind + " for " + bytes + " bytes");
        }
        Block block = numbers.length == 0
                ? Block.range(offset + position, bytes)
                : new Block(offset, from.get(INT, COUNT_AT), CopyPlan.of(numbers));
        return new WindowRequest(
                Kind.ALL[kind],
                from.get(INT, TAG_AT),
                block,
                from.get(INT, FOLD_AT),
                numbers.length == 0 ? 0 : position,
                bytes,
                dataAt);
    }
}
