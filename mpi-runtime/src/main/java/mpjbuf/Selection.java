package mpjbuf;

/** Elements of an array that are moved, in the order in which they lie in the buffer. */
sealed interface Selection {
    int count();

    /** Where the {@code k}-th of them is in the array. */
    long at(int k);

    /** How many from the {@code k}-th on lie side by side in the array. */
    int run(int k);

    /** Throws when one of them lies outside an array of this length. */
    default void checkWithin(int length) {
        if (count() < 0) {
            throw new ArrayIndexOutOfBoundsException(count() + " elements; the number may not be negative");
        }
        for (int k = 0; k < count(); k += run(k)) {
            if (at(k) < 0 || at(k) + run(k) > length) {
                throw new ArrayIndexOutOfBoundsException(
                        run(k) + " elements from " + at(k) + " on of an array of " + length);
            }
        }
    }

    /** Elements one after the other. */
    record Range(int offset, int count) implements Selection {
        @Override
        public long at(int k) {
            return (long) offset + k;
        }

        @Override
        public int run(int k) {
            return count - k;
        }
    }

    /** Elements whose places are {@code count} of {@code indexes} from {@code first} on. */
    @SuppressWarnings("ArrayRecordComponent") // lives as long as the call that passes the array
    record Indexes(int[] indexes, int first, int count) implements Selection {
        public Indexes {
            if (count > 0) {
                new Range(first, count).checkWithin(indexes.length);
            }
        }

        @Override
        public long at(int k) {
            return indexes[first + k];
        }

        @Override
        public int run(int k) {
            int end = k + 1;
            while (end < count && at(end) == at(end - 1) + 1) {
                end++;
            }
            return end - k;
        }
    }

    /** A region of {@code rank} dimensions, the last of which changes fastest. */
    @SuppressWarnings("ArrayRecordComponent") // lives as long as the call that passes the array
    record Region(int offset, int rank, int extents, int strides, int[] shape, int count) implements Selection {
        /** With the extents and strides that stand in {@code shape} from these places on. */
        static Region of(int offset, int rank, int extents, int strides, int[] shape) {
            new Range(extents, rank).checkWithin(shape.length);
            new Range(strides, rank).checkWithin(shape.length);
            int count = 1;
            for (int dimension = 0; dimension < rank; dimension++) {
                int extent = shape[extents + dimension];
                if (extent < 0) {
                    throw new IllegalArgumentException(
                            "extent of dimension " + dimension + " is " + extent + "; it may not be negative");
                }
                count = Math.multiplyExact(count, extent);
            }
            return new Region(offset, rank, extents, strides, shape, count);
        }

        @Override
        public long at(int k) {
            long place = offset;
            int rest = k;
            for (int dimension = rank - 1; dimension >= 0; dimension--) {
                int extent = shape[extents + dimension];
                place += (long) (rest % extent) * shape[strides + dimension];
                rest /= extent;
            }
            return place;
        }

        @Override
        public int run(int k) {
            boolean sideBySide = rank > 0 && shape[strides + rank - 1] == 1;
            int row = sideBySide ? shape[extents + rank - 1] : 1;
            return row - k % row;
        }
    }
}
