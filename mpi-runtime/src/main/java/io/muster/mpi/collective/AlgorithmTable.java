package io.muster.mpi.collective;

/** Which algorithm serves which case: pure functions of message size, number of ranks and nodes they are spread on. */
final class AlgorithmTable {
    private static final long LONG_BROADCAST = 128 << 10;
    private static final long LONG_REDUCTION = 32 << 10;

    // Two ranks go round in two steps; to exchange everything takes one.
    private static final long LONG_REDUCTION_OF_TWO = 128 << 10;

    private AlgorithmTable() {}

    enum Broadcast {
        BINOMIAL,
        SCATTER_RING
    }

    enum Reduce {
        BINOMIAL,
        ORDERED
    }

    enum Allreduce {
        RECURSIVE_DOUBLING,
        RING,
        ORDERED_AND_BROADCAST
    }

    enum Alltoall {
        LINEAR,
        PAIRWISE
    }

    static Broadcast broadcast(long bytes, int ranks, int nodes) {
        // Across nodes a ring in rank order crosses the network once a node, whatever the number of ranks. Inside a
        // node all bytes are copied as often either way, and a tree has fewer steps that ranks wait for.
        boolean spread = (nodes == 2 && ranks >= 4) || nodes >= 3;
        return bytes >= LONG_BROADCAST && spread ? Broadcast.SCATTER_RING : Broadcast.BINOMIAL;
    }

    static Alltoall alltoall(int nodes) {
        // Across nodes many senders at once crowd the link of each receiver.
        return nodes == 1 ? Alltoall.LINEAR : Alltoall.PAIRWISE;
    }

    static Reduce reduce(boolean commutative) {
        return commutative ? Reduce.BINOMIAL : Reduce.ORDERED;
    }

    static Allreduce allreduce(long bytes, int count, int ranks, boolean commutative) {
        if (!commutative) {
            return Allreduce.ORDERED_AND_BROADCAST;
        }
        long limit = ranks == 2 ? LONG_REDUCTION_OF_TWO : LONG_REDUCTION;
        return bytes >= limit && count >= ranks ? Allreduce.RING : Allreduce.RECURSIVE_DOUBLING;
    }
}
