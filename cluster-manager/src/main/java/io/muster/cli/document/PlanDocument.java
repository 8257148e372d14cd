package io.muster.cli.document;

import io.muster.plan.ClusterPlan;
import io.muster.plan.PlannedNode;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What {@code muster plan} prints. */
public record PlanDocument(
        String cluster,
        String provider,
        String runtime,
        List<Node> nodes,
        int slots,
        Optional<BigDecimal> usdPerHour,
        List<String> notes) {

    /** One planned node. */
    public record Node(String node, int slots, int cores, Optional<Long> memoryBytes) {
        static Node of(PlannedNode node) {
            return new Node(
                    node.name(), node.slots(), node.cores(), node.memory().map(MemorySize::bytes));
        }
    }

    public static PlanDocument of(ClusterPlan plan) {
        return new PlanDocument(
                plan.spec().name().text(),
                plan.spec().provider(),
                plan.spec().runtime().text(),
                plan.nodes().stream().map(Node::of).toList(),
                plan.slots(),
                plan.pricePerHour().map(Money::dollars),
                plan.notes());
    }
}
