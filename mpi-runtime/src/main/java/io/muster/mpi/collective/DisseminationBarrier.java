package io.muster.mpi.collective;

import io.muster.mpi.transport.Frame;

/** Round k tells the rank 2^k further on; after log2(size) rounds everybody has heard of everybody. */
final class DisseminationBarrier {
    private DisseminationBarrier() {}

    static void run(Team team) {
        int size = team.size();
        for (int distance = 1; distance < size; distance *= 2) {
            int to = (team.rank() + distance) % size;
            int from = (team.rank() - distance + size) % size;
            team.exchange(Frame.NOTHING, 0, 0, to, Frame.NOTHING, 0, 0, from);
        }
    }
}
