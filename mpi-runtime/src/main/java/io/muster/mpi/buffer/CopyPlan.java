package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a datatype is compiled to (MPI 4.1, section 5.1): where in memory the bytes of its elements lie, in the order in
 * which they travel. An element is a list of strided loops over blocks of bytes; the next element begins an extent
 * further on. Copies can begin and end at any byte of what travels, so nothing is ever packed as a whole. Immutable.
 */
public final class CopyPlan {
    private static final int BOUNDS = 2;
    private static final int NUMBERS_A_LOOP = 4;

    private final Loop[] loops;
    private final long[] startOfLoop;
    private final long sizeBytes;
    private final long lowerBound;
    private final long extentBytes;
    private final long firstByte;
    private final long endByte;

    private CopyPlan(List<Loop> parts, long lowerBound, long extentBytes) {
        loops = parts.toArray(Loop[]::new);
        this.lowerBound = lowerBound;
        this.extentBytes = extentBytes;
        startOfLoop = new long[loops.length];
        long size = 0;
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (int i = 0; i < loops.length; i++) {
            startOfLoop[i] = size;
            size += loops[i].bytes();
            first = Math.min(first, loops[i].firstByte());
            end = Math.max(end, loops[i].endByte());
        }
        sizeBytes = size;
        firstByte = size == 0 ? 0 : first;
        endByte = size == 0 ? 0 : end;
    }

    /** {@code bytes} bytes in a row. */
    public static CopyPlan run(int bytes) {
        return new CopyPlan(bytes == 0 ? List.of() : List.of(new Loop(0, bytes, 1, 0)), 0, bytes);
    }

    /** The plan that {@link #described} describes; throws {@link IllegalArgumentException} when it describes none. */
    public static CopyPlan of(long[] description) {
        if (description.length < BOUNDS || (description.length - BOUNDS) % NUMBERS_A_LOOP != 0) {
            throw new IllegalArgumentException("a plan of " + description.length + " numbers");
        }
        List<Loop> loops = new ArrayList<>();
        for (int i = BOUNDS; i < description.length; i += NUMBERS_A_LOOP) {
            int block = Math.toIntExact(description[i + 1]);
            int count = Math.toIntExact(description[i + 2]);
            if (block <= 0 || count <= 0) {
                throw new IllegalArgumentException(count + " blocks of " + block + " bytes");
            }
            loops.add(new Loop(description[i], block, count, description[i + 3]));
        }
        return new CopyPlan(loops, description[0], description[1]);
    }

    /** This plan in numbers, so that another rank can use it: its bounds, then four for each loop. */
    public long[] described() {
        long[] numbers = new long[BOUNDS + NUMBERS_A_LOOP * loops.length];
        numbers[0] = lowerBound;
        numbers[1] = extentBytes;
        for (int i = 0; i < loops.length; i++) {
            int at = BOUNDS + NUMBERS_A_LOOP * i;
            numbers[at] = loops[i].at;
            numbers[at + 1] = loops[i].block;
            numbers[at + 2] = loops[i].count;
            numbers[at + 3] = loops[i].stride;
        }
        return numbers;
    }

    /**
     * {@code count} elements of this plan, {@code stride} bytes from one to the next. Its bounds are the outermost of
     * theirs.
     */
    public CopyPlan repeat(int count, long stride) {
        long[] places = new long[count];
        CopyPlan[] plans = new CopyPlan[count];
        for (int i = 0; i < count; i++) {
            places[i] = i * stride;
            plans[i] = this;
        }
        return joined(places, plans);
    }

    /** One element of each of {@code plans}, at {@code places} in bytes, as one element. */
    public static CopyPlan joined(long[] places, CopyPlan[] plans) {
        LoopList joined = new LoopList();
        long lower = Long.MAX_VALUE;
        long upper = Long.MIN_VALUE;
        for (int i = 0; i < plans.length; i++) {
            for (Loop loop : plans[i].loops) {
                joined.add(loop.moved(places[i]));
            }
            lower = Math.min(lower, places[i] + plans[i].lowerBound);
            upper = Math.max(upper, places[i] + plans[i].lowerBound + plans[i].extentBytes);
        }
        return plans.length == 0 ? new CopyPlan(List.of(), 0, 0) : new CopyPlan(joined.loops(), lower, upper - lower);
    }

    /** The same bytes with other bounds. */
    public CopyPlan resized(long newLowerBound, long newExtentBytes) {
        return new CopyPlan(List.of(loops), newLowerBound, newExtentBytes);
    }

    /** Bytes of an element that travel. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Where an element begins, relative to its place, in bytes. */
    public long lowerBound() {
        return lowerBound;
    }

    /** Bytes from one element to the next. */
    public long extentBytes() {
        return extentBytes;
    }

    /** Where the first byte of an element that travels lies, relative to its place. */
    public long firstByte() {
        return firstByte;
    }

    /** Where the last byte of an element that travels ends. */
    public long endByte() {
        return endByte;
    }

    /** Whether elements one after the other are bytes in a row. */
    public boolean isContiguous() {
        return sizeBytes == 0 || (loops.length == 1 && loops[0].count == 1 && firstByte == 0 && endByte == extentBytes);
    }

    /**
     * Copies out of elements that begin at {@code offset} of {@code base}: the bytes {@code position} to {@code
     * position + length} of what travels.
     */
    void pack(Object base, long offset, long position, MemorySegment to, long toOffset, long length) {
        walk(StridedCopy.OUT, base, offset, position, to, toOffset, length);
    }

    /** Copies into elements; the counterpart of {@link #pack}. */
    void unpack(Object base, long offset, long position, MemorySegment from, long fromOffset, long length) {
        walk(StridedCopy.IN, base, offset, position, from, fromOffset, length);
    }

    private void walk(
            StridedCopy copy, Object base, long offset, long position, MemorySegment packed, long at, long length) {
        if (length == 0) {
            return;
        }
        long place = offset + position / sizeBytes * extentBytes;
        long within = position % sizeBytes;
        int index = loopAt(within);
        within -= startOfLoop[index];
        long end = at + length;
        while (at < end) {
            Loop loop = loops[index];
            int block = (int) (within / loop.block);
            int inBlock = (int) (within % loop.block);
            long start = place + loop.at + block * loop.stride;
            long moved;
            if (inBlock == 0 && end - at >= loop.block) {
                int blocks = (int) Math.min(loop.count - block, (end - at) / loop.block);
                copy.blocks(base, start, loop.stride, packed, at, loop.block, blocks);
                moved = (long) blocks * loop.block;
            } else {
                moved = Math.min(loop.block - inBlock, end - at);
                copy.run(base, start + inBlock, packed, at, moved);
            }
            at += moved;
            within += moved;
            if (within == loop.bytes()) {
                within = 0;
                index++;
                if (index == loops.length) {
                    index = 0;
                    place += extentBytes;
                }
            }
        }
    }

    private int loopAt(long position) {
        int low = 0;
        int high = loops.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (startOfLoop[middle] <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** {@code count} blocks of {@code block} bytes, the first at {@code at}, the next {@code stride} bytes further. */
    private record Loop(long at, int block, int count, long stride) {
        Loop moved(long by) {
            return new Loop(at + by, block, count, stride);
        }

        long bytes() {
            return (long) block * count;
        }

        long firstByte() {
            return Math.min(at, at + (count - 1) * stride);
        }

        long endByte() {
            return Math.max(at, at + (count - 1) * stride) + block;
        }
    }

    /** Loops in the order of what travels, as few as that takes. */
    private static final class LoopList {
        private final List<Loop> loops = new ArrayList<>();

        void add(Loop next) {
            Loop last = loops.isEmpty() ? null : loops.getLast();
            Loop merged = last == null ? null : merged(last, next);
            if (merged == null) {
                loops.add(next);
            } else {
                loops.set(loops.size() - 1, merged);
            }
        }

        List<Loop> loops() {
            return loops;
        }

        private static @Nullable Loop merged(Loop last, Loop next) {
            long distance = next.at - last.at;
            boolean fits = (long) last.block + next.block <= Integer.MAX_VALUE;
            if (last.count == 1 && next.count == 1 && distance == last.block && fits) {
                return new Loop(last.at, last.block + next.block, 1, 0);
            }
            if (last.block != next.block) {
                return null;
            }
            long stride = last.count > 1 ? last.stride : distance / last.count;
            boolean goesOn = distance == stride * last.count && (next.count == 1 || next.stride == stride);
            return goesOn ? new Loop(last.at, last.block, last.count + next.count, stride) : null;
        }
    }
}
