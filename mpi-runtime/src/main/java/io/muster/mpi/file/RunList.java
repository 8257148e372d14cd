package io.muster.mpi.file;

import java.util.Arrays;

/** Ranges of a file in the order of the data that lie there; neighbours that touch are one range. */
final class RunList {
    private long[] offsets = new long[4];
    private long[] lengths = new long[4];
    private int size;

    void add(long offset, long length) {
        if (size > 0 && offsets[size - 1] + lengths[size - 1] == offset) {
            lengths[size - 1] += length;
            return;
        }
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        offsets[size] = offset;
        lengths[size] = length;
        size++;
    }

    int size() {
        return size;
    }

    long offset(int index) {
        return offsets[index];
    }

    long length(int index) {
        return lengths[index];
    }

    /** Where the first range begins; there is one. */
    long start() {
        return offsets[0];
    }

    /** Where the last range ends; there is one. */
    long end() {
        return offsets[size - 1] + lengths[size - 1];
    }
}
