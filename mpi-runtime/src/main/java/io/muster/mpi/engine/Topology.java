package io.muster.mpi.engine;

import java.util.Arrays;

/** Which node each world rank lives on. */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Topology(int... nodeOfRank) {
    public Topology {
        nodeOfRank = nodeOfRank.clone();
    }

    @Override
    public int[] nodeOfRank() {
        return nodeOfRank.clone();
    }

    /** The number of nodes that these world ranks are on. */
    public int nodesOf(int... worldRanks) {
        return (int) Arrays.stream(worldRanks)
                .map(rank -> nodeOfRank[rank])
                .distinct()
                .count();
    }
}
