package io.muster.wireup;

/**
 * A rank of the job is gone before it said goodbye.
 *
 * @param rank who; {@value #OF_ANOTHER_WORLD} when it belongs to another world of the job
 * @param reason in words, with the exit code or signal when it is known
 */
public record RankLost(int rank, String reason) {
    /** Stands for the rank of one that belongs to another world of the job, as a spawned rank does. */
    public static final int OF_ANOTHER_WORLD = -1;

    /** Who, for people. */
    public String who() {
        return rank == OF_ANOTHER_WORLD ? "another rank" : "rank " + rank;
    }
}
