package io.muster.mpi.collective;

/** Where in a buffer the part of each rank lies, in bytes. */
public sealed interface Blocks {
    long offset(int rank);

    long bytes(int rank);

    /** Parts of equal size, one after the other. */
    record Even(long start, long bytesEach) implements Blocks {
        @Override
        public long offset(int rank) {
            return start + rank * bytesEach;
        }

        @Override
        public long bytes(int rank) {
            return bytesEach;
        }
    }

    /** Parts with their own sizes and places, both counted in units of {@code unitBytes}. */
    @SuppressWarnings("ArrayRecordComponent") // the caller's arrays, looked at during one call only
    record Given(long start, int unitBytes, int[] displacements, int[] counts) implements Blocks {
        @Override
        public long offset(int rank) {
            return start + (long) displacements[rank] * unitBytes;
        }

        @Override
        public long bytes(int rank) {
            return (long) counts[rank] * unitBytes;
        }
    }

    /** One range of elements cut into as many nearly equal parts as there are ranks. */
    record Cut(long start, long elements, int elementBytes, int parts) implements Blocks {
        @Override
        public long offset(int rank) {
            return start + first(rank) * elementBytes;
        }

        @Override
        public long bytes(int rank) {
            return (first(rank + 1) - first(rank)) * elementBytes;
        }

        private long first(int part) {
            return elements * part / parts;
        }
    }
}
