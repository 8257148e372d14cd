package io.muster.supervisor;

/**
 * On which node a rank runs.
 *
 * @param rank rank in the job's world, from 0
 * @param nodeIndex index into {@link JobOrder#nodes()}
 */
public record RankPlacement(int rank, int nodeIndex) {}
