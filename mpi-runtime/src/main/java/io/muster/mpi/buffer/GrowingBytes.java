package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Memory that grows with what is written to it from front to back: a base for a message whose size only its sender
 * knows. It takes what has come and not what was announced.
 */
public final class GrowingBytes {
    private static final int FIRST = 1 << 10;

    private byte[] bytes = new byte[FIRST];
    private int size;

    void write(long position, MemorySegment from, long fromOffset, long length) {
        int end = Math.toIntExact(position + length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(end, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, fromOffset, bytes, (int) position, (int) length);
        size = Math.max(size, end);
    }

    /** The bytes from the first one on; their array is longer than {@link #size}. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** Whether nothing was written. */
    public boolean isEmpty() {
        return size == 0;
    }
}
