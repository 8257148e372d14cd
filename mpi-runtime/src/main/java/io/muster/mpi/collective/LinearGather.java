package io.muster.mpi.collective;

/** Everybody sends to the root, which receives in rank order. */
final class LinearGather {
    private LinearGather() {}

    /** The root's own part is in place already. */
    static void atRoot(Team team, Object base, Blocks parts) {
        for (int rank = 0; rank < team.size(); rank++) {
            if (rank != team.rank()) {
                team.receive(base, parts.offset(rank), parts.bytes(rank), rank);
            }
        }
    }
}
