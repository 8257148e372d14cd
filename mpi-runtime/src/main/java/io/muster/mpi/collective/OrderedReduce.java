package io.muster.mpi.collective;

/** The root takes the operands from the last rank to the first, so that they are combined in rank order. */
final class OrderedReduce {
    private OrderedReduce() {}

    /** {@code inOut} holds this rank's operand, and the result at the root. */
    static void run(Team team, Folding folding, Object inOut, int at, int count, int root) {
        long bytes = (long) count * folding.elementBytes();
        long offset = (long) at * folding.elementBytes();
        if (team.rank() != root) {
            team.send(inOut, offset, bytes, root);
            return;
        }
        Object own = folding.type().newArray(count);
        System.arraycopy(inOut, at, own, 0, count);
        Object received = team.scratch(folding, count);
        for (int rank = team.size() - 1; rank >= 0; rank--) {
            if (rank != root) {
                team.receive(received, 0, bytes, rank);
            }
            Object operand = rank == root ? own : received;
            if (rank == team.size() - 1) {
                System.arraycopy(operand, 0, inOut, at, count);
            } else {
                folding.reduction().apply(operand, 0, inOut, at, count);
            }
        }
    }
}
