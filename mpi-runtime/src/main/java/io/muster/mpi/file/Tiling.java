package io.muster.mpi.file;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;

/**
 * A filetype repeated over a file (MPI 4.1, section 14.1.1): which bytes of the file, counted from the displacement,
 * the bytes of the data are. The filetype is known as the loops that {@link CopyPlan#described} tells. Immutable.
 */
final class Tiling {
    private static final int BOUNDS = 2;
    private static final int NUMBERS_A_LOOP = 4;

    private final long[] loops;
    private final long[] startOfLoop;
    private final int count;
    private final long size;
    private final long extent;
    private final long first;
    private final long end;
    private final boolean contiguous;
    private final boolean sequential;

    Tiling(CopyPlan filetype) {
        loops = filetype.described();
        count = (loops.length - BOUNDS) / NUMBERS_A_LOOP;
        startOfLoop = new long[count];
        size = filetype.sizeBytes();
        extent = filetype.extentBytes();
        first = filetype.firstByte();
        end = filetype.endByte();
        contiguous = filetype.isContiguous();
        boolean disjoint = true;
        long start = 0;
        long last = 0;
        for (int i = 0; i < count; i++) {
            startOfLoop[i] = start;
            start += block(i) * blocks(i);
            if (at(i) < 0 || (blocks(i) > 1 && stride(i) < 0) || (i > 0 && at(i) < lastBlock(i - 1))) {
                throw new Failure(
                        ErrorClass.TYPE, "the displacements of a filetype may not be negative and may not decrease");
            }
            disjoint &= at(i) >= last && (blocks(i) == 1 || stride(i) >= block(i));
            last = lastBlock(i) + block(i);
        }
        if (size > 0 && extent <= 0) {
            throw new Failure(ErrorClass.TYPE, "the extent of the filetype is " + extent + " bytes");
        }
        sequential = disjoint && (size == 0 || extent >= end - first);
    }

    private long at(int loop) {
        return loops[BOUNDS + NUMBERS_A_LOOP * loop];
    }

    private long block(int loop) {
        return loops[BOUNDS + NUMBERS_A_LOOP * loop + 1];
    }

    private long blocks(int loop) {
        return loops[BOUNDS + NUMBERS_A_LOOP * loop + 2];
    }

    private long stride(int loop) {
        return loops[BOUNDS + NUMBERS_A_LOOP * loop + 3];
    }

    private long lastBlock(int loop) {
        return at(loop) + (blocks(loop) - 1) * stride(loop);
    }

    /** Bytes of data in one filetype. */
    long size() {
        return size;
    }

    /** Whether data that follow each other lie one behind the other in the file, and none twice. */
    boolean isSequential() {
        return sequential;
    }

    /** Where a byte of the data lies. */
    long offsetOf(long position) {
        if (contiguous) {
            return position;
        }
        long within = position % size;
        int loop = loopAt(within);
        within -= startOfLoop[loop];
        return position / size * extent + at(loop) + within / block(loop) * stride(loop) + within % block(loop);
    }

    /** Where {@code length} bytes of the data from {@code position} on lie, counted from {@code displacement}. */
    RunList runs(long displacement, long position, long length) {
        RunList runs = new RunList();
        if (contiguous || length == 0) {
            if (length > 0) {
                runs.add(displacement + position, length);
            }
            return runs;
        }
        long tile = displacement + position / size * extent;
        long within = position % size;
        int loop = loopAt(within);
        within -= startOfLoop[loop];
        long left = length;
        while (left > 0) {
            long inBlock = within % block(loop);
            long run = Math.min(block(loop) - inBlock, left);
            runs.add(tile + at(loop) + within / block(loop) * stride(loop) + inBlock, run);
            left -= run;
            within += run;
            if (within == block(loop) * blocks(loop)) {
                within = 0;
                loop++;
                if (loop == count) {
                    loop = 0;
                    tile += extent;
                }
            }
        }
        return runs;
    }

    private int loopAt(long within) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (startOfLoop[middle] <= within) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** How many bytes of the data lie before {@code offset}. */
    long bytesBefore(long offset) {
        if (contiguous) {
            return size == 0 ? 0 : Math.max(0, offset);
        }
        long tile = offset < end ? 0 : (offset - end) / extent + 1;
        long bytes = tile * size;
        while (tile * extent + first < offset) {
            bytes += inTile(offset - tile * extent);
            tile++;
        }
        return bytes;
    }

    private long inTile(long offset) {
        long bytes = 0;
        for (int i = 0; i < count && at(i) < offset; i++) {
            long beyond = offset - at(i);
            long begun = blocks(i) == 1 || stride(i) == 0 ? blocks(i) : (beyond - 1) / stride(i) + 1;
            begun = Math.min(begun, blocks(i));
            long inLast = Math.min(block(i), beyond - (begun - 1) * stride(i));
            bytes += (begun - 1) * block(i) + inLast;
        }
        return bytes;
    }
}
