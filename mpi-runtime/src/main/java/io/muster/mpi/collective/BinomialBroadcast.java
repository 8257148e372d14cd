package io.muster.mpi.collective;

/** Every rank that has the data passes it on, to half as many each time: log2(size) rounds, for short messages. */
final class BinomialBroadcast {
    private BinomialBroadcast() {}

    static void run(Team team, Object base, long offset, long bytes, int root) {
        int size = team.size();
        int relative = (team.rank() - root + size) % size;
        int mask = 1;
        while (mask < size && (relative & mask) == 0) {
            mask *= 2;
        }
        if (relative != 0) {
            team.receive(base, offset, bytes, (relative - mask + root) % size);
        }
        for (mask /= 2; mask > 0; mask /= 2) {
            if (relative + mask < size) {
                team.send(base, offset, bytes, (relative + mask + root) % size);
            }
        }
    }
}
