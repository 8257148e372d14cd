package mpjbuf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The memory of a static region: bytes on the heap, of a capacity that is fixed. Not safe for use by many threads. */
public final class RawBuffer {
    private static final byte[] NOTHING = {};

    private byte[] bytes;
    private boolean freed;

    RawBuffer(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity is " + capacity + "; it may not be negative");
        }
        bytes = new byte[capacity];
    }

    /** Bytes that it holds; 0 after {@link #free()}. */
    public int getCapacity() {
        return bytes.length;
    }

    /** Gives the memory up. Buffers over it cannot be used any more; a second call does nothing. */
    public void free() {
        bytes = NOTHING;
        freed = true;
    }

    boolean isFreed() {
        return freed;
    }

    /** The bytes themselves, not a copy. */
    ByteBuffer slice(int at, int length) {
        return ByteBuffer.wrap(bytes).slice(at, length).order(ByteOrder.nativeOrder());
    }

    void putByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    int getByte(int at) {
        return bytes[at];
    }

    /** Writes an int in the byte order of the machine. */
    void putInt(int at, int value) {
        slice(at, Integer.BYTES).putInt(0, value);
    }

    int getInt(int at, ByteOrder order) {
        return slice(at, Integer.BYTES).order(order).getInt(0);
    }

    /** Copies elements of a primitive array to byte {@code at}, in the byte order of the machine. */
    void put(int at, Object array, int from, int length) {
        if (array instanceof boolean[] flags) {
            for (int i = 0; i < length; i++) {
                bytes[at + i] = (byte) (flags[from + i] ? 1 : 0);
            }
        } else {
            ValueLayout layout = layout(array, ByteOrder.nativeOrder());
            MemorySegment.copy(array, from, MemorySegment.ofArray(bytes), layout, at, length);
        }
    }

    /** Copies elements that lie at byte {@code at} in this byte order into a primitive array. */
    void get(int at, Object array, int from, int length, ByteOrder order) {
        if (array instanceof boolean[] flags) {
            for (int i = 0; i < length; i++) {
                flags[from + i] = bytes[at + i] != 0;
            }
        } else {
            MemorySegment.copy(MemorySegment.ofArray(bytes), layout(array, order), at, array, from, length);
        }
    }

    private static ValueLayout layout(Object array, ByteOrder order) {
        return switch (array) {
            case byte[] _ -> ValueLayout.JAVA_BYTE;
            case char[] _ -> ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(order);
            case short[] _ -> ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
            case int[] _ -> ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
            case long[] _ -> ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
            case float[] _ -> ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
            case double[] _ -> ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
            default -> throw new IllegalArgumentException("not an array of numbers: " + array.getClass());
        };
    }
}
