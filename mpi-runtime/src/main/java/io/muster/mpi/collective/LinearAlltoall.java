package io.muster.mpi.collective;

/**
 * Every rank expects all parts, sends all of its own, and waits once for all: ranks that share cores wake each other as
 * rarely as can be.
 */
final class LinearAlltoall {
    private LinearAlltoall() {}

    /** The rank's part for itself has been copied already. */
    static void run(Team team, Object out, Blocks outParts, Object in, Blocks inParts) {
        int size = team.size();
        Runnable[] arrivals = new Runnable[size - 1];
        for (int step = 1; step < size; step++) {
            int from = (team.rank() - step + size) % size;
            arrivals[step - 1] = team.startReceive(in, inParts.offset(from), inParts.bytes(from), from);
        }
        for (int step = 1; step < size; step++) {
            int to = (team.rank() + step) % size;
            team.send(out, outParts.offset(to), outParts.bytes(to), to);
        }
        for (Runnable arrival : arrivals) {
            arrival.run();
        }
    }
}
