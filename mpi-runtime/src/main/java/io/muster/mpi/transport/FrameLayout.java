package io.muster.mpi.transport;

import io.muster.mpi.buffer.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The bytes of a frame on TCP, in the byte order of the machine (little endian on all that
 * Muster runs on).
 *
 * <pre>
 *   0               4               8              12              16
 *   +---------------+---------------+---------------+---------------+
 *   |    length     |     kind      |    context    |      tag      |
 *   +---------------+---------------+---------------+---------------+
 *   |             size              | senderHandle  |receiverHandle |
 *   +-------------------------------+---------------+---------------+
 *   |  payload: length - 32 bytes  ...
 * </pre>
 *
 * <p>{@code length} counts header and payload.
 */
final class FrameLayout {
    static final int HEADER = 32;
    static final int LENGTH_AT = 0;
    static final int KIND_AT = 4;
    static final int CONTEXT_AT = 8;
    static final int TAG_AT = 12;
    static final int SIZE_AT = 16;
    static final int SENDER_AT = 24;
    static final int RECEIVER_AT = 28;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private FrameLayout() {}

    /** Writes everything but the length. */
    static void write(Frame frame, MemorySegment to, long at) {
        to.set(INT, at + KIND_AT, frame.kind.code());
        to.set(INT, at + CONTEXT_AT, frame.context);
        to.set(INT, at + TAG_AT, frame.tag);
        to.set(LONG, at + SIZE_AT, frame.size);
        to.set(INT, at + SENDER_AT, frame.senderHandle);
        to.set(INT, at + RECEIVER_AT, frame.receiverHandle);
        Memory.read(frame.base, frame.offset, to, at + HEADER, frame.length);
    }

    /** Throws when no frame with at most {@code maxPayload} bytes has this length. */
    static void checkLength(int length, long maxPayload) {
        if (length < HEADER || length - HEADER > maxPayload) {
            throw new BadFrame(
                    "a frame of " + length + " bytes; " + HEADER + " to " + (HEADER + maxPayload) + " are allowed");
        }
    }

    /** Points {@code frame} at the frame of {@code length} bytes that starts at {@code at}. */
    static void read(Frame frame, MemorySegment from, long at, int length) {
        frame.kind = FrameKind.of(from.get(INT, at + KIND_AT));
        frame.context = from.get(INT, at + CONTEXT_AT);
        frame.tag = from.get(INT, at + TAG_AT);
        frame.size = from.get(LONG, at + SIZE_AT);
        frame.senderHandle = from.get(INT, at + SENDER_AT);
        frame.receiverHandle = from.get(INT, at + RECEIVER_AT);
        frame.payload(from, at + HEADER, length - HEADER);
    }
}
