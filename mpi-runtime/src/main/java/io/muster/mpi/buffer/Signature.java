package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The widths of the primitive values that the bytes of a datatype are, in the order in which they travel; they start
 * again from the first one for what follows. Immutable.
 */
public final class Signature {
    private static final List<Signature> UNIFORM = List.of(uniform(1), uniform(2), uniform(4), uniform(8));

    private final int[] widths;
    private final long[] counts;

    private Signature(int[] widths, long[] counts) {
        this.widths = widths;
        this.counts = counts;
    }

    private static Signature uniform(int width) {
        return new Signature(new int[] {width}, new long[] {1});
    }

    /** Values of one width: 1, 2, 4 or 8 bytes. */
    public static Signature of(int width) {
        return UNIFORM.get(Integer.numberOfTrailingZeros(width));
    }

    /** The values of {@code bytes[i]} bytes of each of {@code parts}, one part after the other. */
    public static Signature joined(Signature[] parts, long[] bytes) {
        if (Arrays.stream(parts).distinct().count() == 1) {
            return parts[0];
        }
        List<long[]> runs = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            parts[i].appendTo(runs, bytes[i]);
        }
        int[] widths = runs.stream().mapToInt(run -> (int) run[0]).toArray();
        return new Signature(widths, runs.stream().mapToLong(run -> run[1]).toArray());
    }

    /** Adds as many runs of values as {@code bytes} bytes of this are. */
    private void appendTo(List<long[]> runs, long bytes) {
        long left = bytes;
        while (left > 0) {
            for (int i = 0; i < widths.length && left > 0; i++) {
                long values = widths.length == 1 ? left / widths[0] : counts[i];
                long[] last = runs.isEmpty() ? new long[2] : runs.getLast();
                if (last[0] == widths[i]) {
                    last[1] += values;
                } else {
                    runs.add(new long[] {widths[i], values});
                }
                left -= values * widths[i];
            }
        }
    }

    /** How many whole values {@code bytes} bytes are. */
    public long values(long bytes) {
        long cycleBytes = 0;
        long cycleValues = 0;
        for (int i = 0; i < widths.length; i++) {
            cycleBytes += counts[i] * widths[i];
            cycleValues += counts[i];
        }
        long values = bytes / cycleBytes * cycleValues;
        long left = bytes % cycleBytes;
        for (int i = 0; i < widths.length && left > 0; i++) {
            values += Math.min(counts[i], left / widths[i]);
            left -= counts[i] * widths[i];
        }
        return values;
    }

    /** How many bytes so many values are. */
    public long bytes(long values) {
        long bytes = 0;
        long left = values;
        while (left > 0) {
            for (int i = 0; i < widths.length && left > 0; i++) {
                long some = widths.length == 1 ? left : Math.min(counts[i], left);
                bytes += some * widths[i];
                left -= some;
            }
        }
        return bytes;
    }

    /** Reverses the bytes of each value; an incomplete last one stays as it is. */
    public void swap(MemorySegment packed, long bytes) {
        long at = 0;
        while (at < bytes) {
            for (int i = 0; i < widths.length && at < bytes; i++) {
                int width = widths[i];
                long values = widths.length == 1 ? bytes / width : Math.min(counts[i], (bytes - at) / width);
                swap(packed, at, width, values);
                at += values * width;
                if (widths.length == 1 || values < counts[i]) {
                    return;
                }
            }
        }
    }

    private static void swap(MemorySegment packed, long start, int width, long values) {
        long end = start + values * width;
        for (long at = start; at < end; at += width) {
            switch (width) {
                case 8 -> {
                    long value = packed.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                    packed.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Long.reverseBytes(value));
                }
                case 4 -> {
                    int value = packed.get(ValueLayout.JAVA_INT_UNALIGNED, at);
                    packed.set(ValueLayout.JAVA_INT_UNALIGNED, at, Integer.reverseBytes(value));
                }
                case 2 -> {
                    short value = packed.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
                    packed.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Short.reverseBytes(value));
                }
                default -> {
                    return;
                }
            }
        }
    }
}
