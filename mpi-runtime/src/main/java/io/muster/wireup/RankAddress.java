package io.muster.wireup;

/**
 * Where a rank can be reached by the other ranks of its job.
 *
 * @param rank rank in the job's world, from 0
 * @param nodeIndex index of its node in the job, from 0; equal for ranks that can share memory
 * @param host address that the other nodes reach; an IP literal
 * @param port TCP port that the rank listens on, 0 when it listens on none
 * @param pid process id on its node
 */
public record RankAddress(int rank, int nodeIndex, String host, int port, long pid) {}
