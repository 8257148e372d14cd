package io.muster.state;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A node as the store knows it.
 *
 * @param index position in the cluster, from 0
 * @param address empty until the provider made it
 * @param agentPort loopback port of its agent on the node; empty until the agent listens
 * @param lastError what went wrong last; empty once the node moved on from it
 */
public record StoredNode(
        ClusterId cluster,
        String name,
        int index,
        NodeState state,
        Optional<NodeAddress> address,
        OptionalInt agentPort,
        Optional<String> lastError,
        Instant createdAt,
        Instant changedAt) {

    /** Whether it is gone or about to be. */
    public boolean isLeaving() {
        return state == NodeState.DESTROYING || state == NodeState.GONE;
    }
}
