package io.muster.mpi.collective;

import java.util.ArrayList;
import java.util.List;

/** Each rank sends a piece to each of its destinations and gets one from each of its sources; a rank may be several. */
final class NeighbourExchange {
    private NeighbourExchange() {}

    /** Pieces of one pair of ranks are matched in the order in which they are given. Negative ranks are nobody. */
    static void run(Team team, int[] sources, Piece[] in, int[] destinations, Piece[] out) {
        List<Runnable> receives = new ArrayList<>();
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] >= 0) {
                receives.add(team.startReceive(in[i].base(), in[i].offset(), in[i].bytes(), sources[i]));
            }
        }
        for (int i = 0; i < destinations.length; i++) {
            if (destinations[i] >= 0) {
                team.send(out[i].base(), out[i].offset(), out[i].bytes(), destinations[i]);
            }
        }
        receives.forEach(Runnable::run);
    }
}
