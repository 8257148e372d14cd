package io.muster.mpi.file;

/**
 * One of the ways to access data (MPI 4.1, section 14.4.1).
 *
 * @param offset where, in etypes, when the pointer is explicit
 */
public record Access(Direction direction, Pointer pointer, Ranks ranks, long offset) {
    /** Reads or writes. */
    public enum Direction {
        READ,
        WRITE
    }

    /** What tells where. */
    public enum Pointer {
        EXPLICIT,
        INDIVIDUAL,
        SHARED
    }

    /** Who takes part; with the shared pointer all ranks are in order. */
    public enum Ranks {
        ONE,
        ALL
    }

    boolean isOrdered() {
        return pointer == Pointer.SHARED && ranks == Ranks.ALL;
    }
}
