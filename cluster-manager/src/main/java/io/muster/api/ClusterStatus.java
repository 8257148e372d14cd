package io.muster.api;

import io.muster.state.ClusterPhase;
import java.time.Instant;
import java.util.List;

/** A cluster as it stands. */
public record ClusterStatus(
        String cluster, String provider, ClusterPhase phase, Instant createdAt, List<NodeStatus> nodes) {

    /** Slots of the nodes that are ready. */
    public int readySlots() {
        return nodes.stream()
                .filter(node -> node.health() == NodeStatus.Health.READY)
                .mapToInt(NodeStatus::slots)
                .sum();
    }
}
