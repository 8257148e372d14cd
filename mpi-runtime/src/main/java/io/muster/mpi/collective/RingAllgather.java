package io.muster.mpi.collective;

/** Parts go round: each rank passes on to the right what it has just got from the left. */
final class RingAllgather {
    private RingAllgather() {}

    /** The rank's own part is in place already. */
    static void run(Team team, Object base, Blocks parts) {
        int size = team.size();
        int right = (team.rank() + 1) % size;
        int left = (team.rank() - 1 + size) % size;
        for (int step = 0; step < size - 1; step++) {
            int out = (team.rank() - step + size) % size;
            int in = (team.rank() - step - 1 + 2 * size) % size;
            team.exchange(
                    base, parts.offset(out), parts.bytes(out), right, base, parts.offset(in), parts.bytes(in), left);
        }
    }
}
