package io.muster.mpi.collective;

/** The root sends to everybody in rank order. */
final class LinearScatter {
    private LinearScatter() {}

    /** The root's own part stays where it is. */
    static void atRoot(Team team, Object base, Blocks parts) {
        for (int rank = 0; rank < team.size(); rank++) {
            if (rank != team.rank()) {
                team.send(base, parts.offset(rank), parts.bytes(rank), rank);
            }
        }
    }
}
