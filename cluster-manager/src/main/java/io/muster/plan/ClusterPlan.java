package io.muster.plan;

import io.muster.spec.ClusterSpec;
import io.muster.spec.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What will be created for a spec.
 *
 * @param spec what was wanted
 * @param nodes every node, in the order of their index, at least one
 * @param pricePerHour of all nodes together; empty when nothing is billed or not every price is known
 * @param offers what the sizes were chosen from, one for each group; empty for providers that offer none
 * @param notes sentences that a person should read before going on
 */
public record ClusterPlan(
        ClusterSpec spec,
        List<PlannedNode> nodes,
        Optional<Money> pricePerHour,
        List<GroupOffers> offers,
        List<String> notes) {

    public ClusterPlan {
        nodes = List.copyOf(nodes);
        offers = List.copyOf(offers);
        notes = List.copyOf(notes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a plan without a node for cluster " + spec.name());
        }
    }

    /** The same with other nodes, or the same ones at other places. */
    public ClusterPlan withNodes(List<PlannedNode> changed) {
        return new ClusterPlan(spec, changed, pricePerHour, offers, notes);
    }

    /** The node that holds the supervisors of jobs. */
    public PlannedNode head() {
        return nodes.getFirst();
    }

    /** Ranks that all nodes together may hold. */
    public int slots() {
        return nodes.stream().mapToInt(PlannedNode::slots).sum();
    }

    /** Whether creating it may cost money, also where nobody can say how much. */
    public boolean isBilled() {
        return pricePerHour.isPresent() || spec.isInCloud();
    }

    /** What it costs from coming up until its lifetime ends; empty without a price or a limit of lifetime. */
    public Optional<Money> priceOfLifetime() {
        return pricePerHour.flatMap(price -> spec.limits().lifetime().map(price::during));
    }

    /** The same plan with one more thing to say. */
    public ClusterPlan withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new ClusterPlan(spec, nodes, pricePerHour, offers, more);
    }
}
