package io.muster.cli.document;

import io.muster.api.ClusterStatus;
import io.muster.api.NodeStatus;
import java.util.List;
import java.util.Locale;

/** A cluster as {@code up} and {@code status} print it. */
public record ClusterDocument(
        String cluster, String provider, String phase, String createdAt, int readySlots, List<Node> nodes) {

    /** One node of it. */
    public record Node(String node, int slots, String health, String address, String message) {
        static Node of(NodeStatus node) {
            return new Node(
                    node.node(),
                    node.slots(),
                    node.health().name().toLowerCase(Locale.ROOT),
                    node.address(),
                    node.message());
        }
    }

    public static ClusterDocument of(ClusterStatus status) {
        return new ClusterDocument(
                status.cluster(),
                status.provider(),
                status.phase().name().toLowerCase(Locale.ROOT),
                status.createdAt().toString(),
                status.readySlots(),
                status.nodes().stream().map(Node::of).toList());
    }
}
