package io.muster.plan;

import io.muster.spec.ClusterSpec;
import io.muster.spec.Money;
import java.util.List;
import java.util.Optional;

/**
 * What will be created for a spec.
 *
 * @param spec what was wanted
 * @param nodes every node, in the order of their index, at least one
 * @param pricePerHour of all nodes together; empty when nothing is billed
 * @param notes sentences that a person should read before going on
 */
public record ClusterPlan(ClusterSpec spec, List<PlannedNode> nodes, Optional<Money> pricePerHour, List<String> notes) {

    public ClusterPlan {
        nodes = List.copyOf(nodes);
        notes = List.copyOf(notes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a plan without a node for cluster " + spec.name());
        }
    }

    /** The node that holds the supervisors of jobs. */
    public PlannedNode head() {
        return nodes.getFirst();
    }

    /** Ranks that all nodes together may hold. */
    public int slots() {
        return nodes.stream().mapToInt(PlannedNode::slots).sum();
    }
}
