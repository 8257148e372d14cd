package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;

/**
 * Copies between the user's memory and off-heap memory. A <em>base</em> is a primitive array, a {@link MemorySegment},
 * or a {@link PackedView} of one of these, and {@link GrowingBytes} to write to; offsets and lengths are in bytes.
 * Values travel in the byte order of the machine.
 *
 * <p>Whole elements are copied without making a segment over the array, so that nothing is allocated.
 */
@SuppressWarnings("IfChainToSwitch") // a switch over types is an invokedynamic call, this is a few comparisons
public final class Memory {
    private static final int PIECE = 16 << 10;

    private Memory() {}

    /** Copies {@code length} bytes out of {@code base}. */
    public static void read(Object base, long offset, MemorySegment to, long toOffset, long length) {
        if (base instanceof byte[] array) {
            MemorySegment.copy(array, (int) offset, to, ValueLayout.JAVA_BYTE, toOffset, (int) length);
        } else if (base instanceof MemorySegment segment) {
            MemorySegment.copy(segment, offset, to, toOffset, length);
        } else if (base instanceof boolean[] flags) {
            for (int i = 0; i < length; i++) {
                to.set(ValueLayout.JAVA_BYTE, toOffset + i, (byte) (flags[(int) offset + i] ? 1 : 0));
            }
        } else if (base instanceof PackedView view) {
            view.read(offset, to, toOffset, length);
        } else {
            ValueLayout layout = layout(base);
            int size = (int) layout.byteSize();
            if (((offset | length) & (size - 1)) == 0) {
                MemorySegment.copy(base, (int) (offset / size), to, layout, toOffset, (int) (length / size));
            } else {
                MemorySegment.copy(segment(base), offset, to, toOffset, length);
            }
        }
    }

    /** Copies {@code length} bytes into {@code base}. */
    public static void write(Object base, long offset, MemorySegment from, long fromOffset, long length) {
        if (base instanceof byte[] array) {
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, fromOffset, array, (int) offset, (int) length);
        } else if (base instanceof MemorySegment segment) {
            MemorySegment.copy(from, fromOffset, segment, offset, length);
        } else if (base instanceof boolean[] flags) {
            for (int i = 0; i < length; i++) {
                flags[(int) offset + i] = from.get(ValueLayout.JAVA_BYTE, fromOffset + i) != 0;
            }
        } else if (base instanceof PackedView view) {
            view.write(offset, from, fromOffset, length);
        } else if (base instanceof GrowingBytes growing) {
            growing.write(offset, from, fromOffset, length);
        } else {
            ValueLayout layout = layout(base);
            int size = (int) layout.byteSize();
            if (((offset | length) & (size - 1)) == 0) {
                MemorySegment.copy(from, layout, fromOffset, base, (int) (offset / size), (int) (length / size));
            } else {
                MemorySegment.copy(from, fromOffset, segment(base), offset, length);
            }
        }
    }

    /** Copies {@code length} bytes from one base to another; ranges of one array or segment may overlap. */
    public static void copy(Object from, long fromOffset, Object to, long toOffset, long length) {
        if (from instanceof boolean[] source && to instanceof boolean[] target) {
            System.arraycopy(source, (int) fromOffset, target, (int) toOffset, (int) length);
        } else if (!(from instanceof boolean[] || from instanceof PackedView)) {
            write(to, toOffset, segment(from), fromOffset, length);
        } else if (!(to instanceof boolean[] || to instanceof PackedView)) {
            read(from, fromOffset, segment(to), toOffset, length);
        } else {
            copyInPieces(from, fromOffset, to, toOffset, length);
        }
    }

    private static void copyInPieces(Object from, long fromOffset, Object to, long toOffset, long length) {
        MemorySegment piece = MemorySegment.ofArray(new byte[(int) Math.min(length, PIECE)]);
        for (long done = 0; done < length; done += PIECE) {
            long bytes = Math.min(PIECE, length - done);
            read(from, fromOffset + done, piece, 0, bytes);
            write(to, toOffset + done, piece, 0, bytes);
        }
    }

    /** The bytes that {@code base}, an array or segment, holds. */
    public static long sizeBytes(Object base) {
        if (base instanceof MemorySegment segment) {
            return segment.byteSize();
        }
        if (base instanceof byte[] array) {
            return array.length;
        }
        if (base instanceof boolean[] array) {
            return array.length;
        }
        return length(base) * layout(base).byteSize();
    }

    /** Whether {@code base} is something that can be read and written here. */
    public static boolean isBase(Object base) {
        Class<?> component = base.getClass().getComponentType();
        return base instanceof MemorySegment || (component != null && component.isPrimitive());
    }

    /** The number of elements of an array. */
    public static int length(Object array) {
        return Array.getLength(array);
    }

    private static ValueLayout layout(Object array) {
        if (array instanceof double[]) {
            return ValueLayout.JAVA_DOUBLE_UNALIGNED;
        }
        if (array instanceof int[]) {
            return ValueLayout.JAVA_INT_UNALIGNED;
        }
        if (array instanceof long[]) {
            return ValueLayout.JAVA_LONG_UNALIGNED;
        }
        if (array instanceof float[]) {
            return ValueLayout.JAVA_FLOAT_UNALIGNED;
        }
        if (array instanceof char[]) {
            return ValueLayout.JAVA_CHAR_UNALIGNED;
        }
        return ValueLayout.JAVA_SHORT_UNALIGNED;
    }

    static MemorySegment segment(Object base) {
        if (base instanceof double[] array) {
            return MemorySegment.ofArray(array);
        }
        if (base instanceof int[] array) {
            return MemorySegment.ofArray(array);
        }
        if (base instanceof byte[] array) {
            return MemorySegment.ofArray(array);
        }
        if (base instanceof MemorySegment segment) {
            return segment;
        }
        if (base instanceof long[] array) {
            return MemorySegment.ofArray(array);
        }
        if (base instanceof float[] array) {
            return MemorySegment.ofArray(array);
        }
        if (base instanceof char[] array) {
            return MemorySegment.ofArray(array);
        }
        if (base instanceof short[] array) {
            return MemorySegment.ofArray(array);
        }
        throw new IllegalArgumentException("not a primitive array or memory segment: " + base.getClass());
    }
}
