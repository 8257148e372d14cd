package io.muster.wireup;

/**
 * A rank of the job is gone before it said goodbye.
 *
 * @param rank who
 * @param reason in words, with the exit code or signal when it is known
 */
public record RankLost(int rank, String reason) {}
