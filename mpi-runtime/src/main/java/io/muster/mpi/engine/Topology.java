package io.muster.mpi.engine;

import java.util.Arrays;

/** Which node each world rank lives on, that is, which ranks share memory, and where they put files in it. */
public final class Topology {
    private final int[] nodeOfRank;
    private final SharedFolders folders;

    /** Ranks without folders. */
    public Topology(int... nodeOfRank) {
        this(nodeOfRank, SharedFolders.NONE);
    }

    Topology(int[] nodeOfRank, SharedFolders folders) {
        this.nodeOfRank = nodeOfRank.clone();
        this.folders = folders;
    }

    public int[] nodeOfRank() {
        return nodeOfRank.clone();
    }

    /** The node of a rank, or of a process of another job, which has one of its own. */
    public int nodeOf(int rank) {
        return rank < nodeOfRank.length ? nodeOfRank[rank] : rank;
    }

    /** Where ranks that share memory put files that they share. */
    public SharedFolders folders() {
        return folders;
    }

    /** The number of nodes that these world ranks are on. */
    public int nodesOf(int... worldRanks) {
        if (Arrays.stream(worldRanks).anyMatch(rank -> rank >= nodeOfRank.length)) {
            // Each job sees the processes of the other apart: what all see alike is that nobody shares anything.
            return worldRanks.length;
        }
        return (int) Arrays.stream(worldRanks)
                .map(rank -> nodeOfRank[rank])
                .distinct()
                .count();
    }
}
