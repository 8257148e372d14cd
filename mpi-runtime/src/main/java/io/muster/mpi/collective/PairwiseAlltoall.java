package io.muster.mpi.collective;

/** In step k every rank exchanges with the ranks k to its right and left: no rank is ever crowded. */
final class PairwiseAlltoall {
    private PairwiseAlltoall() {}

    /** The rank's part for itself has been copied already. */
    static void run(Team team, Object out, Blocks outParts, Object in, Blocks inParts) {
        int size = team.size();
        for (int step = 1; step < size; step++) {
            int to = (team.rank() + step) % size;
            int from = (team.rank() - step + size) % size;
            team.exchange(
                    out,
                    outParts.offset(to),
                    outParts.bytes(to),
                    to,
                    in,
                    inParts.offset(from),
                    inParts.bytes(from),
                    from);
        }
    }
}
