package io.muster.cli.document;

import io.muster.plan.ClusterPlan;
import io.muster.plan.ConsideredOffer;
import io.muster.plan.GroupOffers;
import io.muster.plan.PlannedNode;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code muster plan} prints. */
public record PlanDocument(
        String cluster,
        String provider,
        String runtime,
        List<Node> nodes,
        int slots,
        boolean billed,
        Optional<BigDecimal> usdPerHour,
        Optional<BigDecimal> usdForLifetime,
        List<Group> offers,
        List<String> notes) {

    /** One planned node. */
    public record Node(
            String node,
            String group,
            int slots,
            int cores,
            Optional<Long> memoryBytes,
            List<String> types,
            Optional<BigDecimal> usdPerHour,
            Optional<String> host) {
        static Node of(PlannedNode node) {
            return new Node(
                    node.name(),
                    node.group().name(),
                    node.slots(),
                    node.cores(),
                    node.memory().map(MemorySize::bytes),
                    node.types(),
                    node.pricePerHour().map(Money::dollars),
                    node.host().map(host -> host.address()));
        }
    }

    /** What the size of a group was chosen from. */
    public record Group(String group, List<Offer> considered) {
        static Group of(GroupOffers offers) {
            return new Group(
                    offers.group(), offers.considered().stream().map(Offer::of).toList());
        }
    }

    /** One size of machine; {@code verdict} is chosen, in-reserve, fits or unfit. */
    public record Offer(
            String region,
            String type,
            int cores,
            long memoryBytes,
            Optional<BigDecimal> usdPerHour,
            String verdict,
            String why) {
        static Offer of(ConsideredOffer offer) {
            return new Offer(
                    offer.region(),
                    offer.type(),
                    offer.cores(),
                    offer.memory().bytes(),
                    offer.pricePerHour().map(Money::dollars),
                    offer.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    offer.why());
        }
    }

    public static PlanDocument of(ClusterPlan plan) {
        return new PlanDocument(
                plan.spec().name().text(),
                plan.spec().provider(),
                plan.spec().runtime().runtime().text(),
                plan.nodes().stream().map(Node::of).toList(),
                plan.slots(),
                plan.isBilled(),
                plan.pricePerHour().map(Money::dollars),
                plan.priceOfLifetime().map(Money::dollars),
                plan.offers().stream().map(Group::of).toList(),
                plan.notes());
    }
}
