package io.muster.mpi.collective;

/** The root deals out parts, which then go round in a ring: every link carries the data about once; for long ones. */
final class ScatterRingBroadcast {
    private ScatterRingBroadcast() {}

    static void run(Team team, Object base, long offset, long bytes, int root) {
        Blocks parts = new Blocks.Cut(offset, bytes, 1, team.size());
        if (team.rank() == root) {
            for (int rank = 0; rank < team.size(); rank++) {
                if (rank != root) {
                    team.send(base, parts.offset(rank), parts.bytes(rank), rank);
                }
            }
        } else {
            team.receive(base, parts.offset(team.rank()), parts.bytes(team.rank()), root);
        }
        RingAllgather.run(team, base, parts);
    }
}
