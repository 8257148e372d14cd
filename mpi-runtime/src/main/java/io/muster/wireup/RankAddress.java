package io.muster.wireup;

import java.util.Optional;

/**
 * Where a rank can be reached by the other ranks of its job.
 *
 * @param rank rank in the job's world, from 0
 * @param nodeIndex index of its node in the job, from 0; equal for ranks that can share memory
 * @param host address that the other nodes reach; an IP literal
 * @param port TCP port that the rank listens on, 0 when it listens on none
 * @param secondPort a second one, which ranks of MPJ Express have; else 0
 * @param pid process id on its node
 * @param shared where it shares memory with ranks of other nodes on the same machine; empty when it does not
 */
public record RankAddress(
        int rank, int nodeIndex, String host, int port, int secondPort, long pid, Optional<SharedPlace> shared) {
    /** The address of a rank that shares memory with no other node. */
    public RankAddress(int rank, int nodeIndex, String host, int port, long pid) {
        this(rank, nodeIndex, host, port, pid, Optional.empty());
    }

    /** The address of a rank that listens on one port. */
    public RankAddress(int rank, int nodeIndex, String host, int port, long pid, Optional<SharedPlace> shared) {
        this(rank, nodeIndex, host, port, 0, pid, shared);
    }

    /** Whether the two ranks can share memory. */
    public boolean sharesMemoryWith(RankAddress other) {
        return nodeIndex == other.nodeIndex
                || (shared.isPresent()
                        && other.shared.isPresent()
                        && shared.get().machine().equals(other.shared.get().machine()));
    }
}
