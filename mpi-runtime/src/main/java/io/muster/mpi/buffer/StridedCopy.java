package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Moves blocks of bytes between where they lie in a base, at a distance, and where they are packed, in a row. */
enum StridedCopy {
    /** From the base to where they are packed. */
    OUT,
    /** From where they are packed to the base. */
    IN;

    /** Bytes in a row. */
    void run(Object base, long offset, MemorySegment packed, long at, long length) {
        switch (this) {
            case OUT -> Memory.read(base, offset, packed, at, length);
            case IN -> Memory.write(base, offset, packed, at, length);
        }
    }

    /** {@code count} blocks of {@code width} bytes, {@code stride} bytes from one to the next in the base. */
    void blocks(Object base, long offset, long stride, MemorySegment packed, long at, int width, int count) {
        boolean single = width == 8 || width == 4 || width == 2 || width == 1;
        if (count > 1 && single && !(base instanceof boolean[])) {
            MemorySegment memory = Memory.segment(base);
            switch (this) {
                case OUT -> elements(memory, offset, stride, packed, at, width, width, count);
                case IN -> elements(packed, at, width, memory, offset, stride, width, count);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            run(base, offset + i * stride, packed, at + (long) i * width, width);
        }
    }

    private static void elements(
            MemorySegment from,
            long fromAt,
            long fromStep,
            MemorySegment to,
            long toAt,
            long toStep,
            int width,
            int n) {
        switch (width) {
            case 8 -> {
                for (int i = 0; i < n; i++) {
                    long value = from.get(ValueLayout.JAVA_LONG_UNALIGNED, fromAt + i * fromStep);
                    to.set(ValueLayout.JAVA_LONG_UNALIGNED, toAt + i * toStep, value);
                }
            }
            case 4 -> {
                for (int i = 0; i < n; i++) {
                    int value = from.get(ValueLayout.JAVA_INT_UNALIGNED, fromAt + i * fromStep);
                    to.set(ValueLayout.JAVA_INT_UNALIGNED, toAt + i * toStep, value);
                }
            }
            case 2 -> {
                for (int i = 0; i < n; i++) {
                    short value = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, fromAt + i * fromStep);
                    to.set(ValueLayout.JAVA_SHORT_UNALIGNED, toAt + i * toStep, value);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    byte value = from.get(ValueLayout.JAVA_BYTE, fromAt + i * fromStep);
                    to.set(ValueLayout.JAVA_BYTE, toAt + i * toStep, value);
                }
            }
        }
    }
}
