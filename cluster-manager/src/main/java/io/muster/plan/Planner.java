package io.muster.plan;

import io.muster.provider.Offer;
import io.muster.spec.ClusterSpec;
import io.muster.spec.HostSpec;
import io.muster.spec.Money;
import io.muster.spec.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a spec into a plan: the same spec and offers on the same machine give the same plan. */
public final class Planner {
    private static final int DEFAULT_SLOTS = 1;
    private static final int DEFAULT_LOCAL_SLOTS = 2;

    private final MachineFacts machine;

    /** A planner for a manager on this machine. */
    public Planner(MachineFacts machine) {
        this.machine = machine;
    }

    /** The plan for a spec whose provider offers no sizes: all but clouds. */
    public ClusterPlan plan(ClusterSpec spec) {
        if (spec.isInCloud()) {
            throw new IllegalArgumentException("provider " + spec.provider() + " has sizes to choose from");
        }
        List<PlannedNode> nodes = new ArrayList<>();
        for (NodeGroup group : spec.groups()) {
            int slots = group.slots().orElse(group.cores().orElse(fallback(spec)));
            int cores = group.cores().orElse(slots);
            for (int i = 0; i < group.count(); i++) {
                Optional<HostSpec> host = group.hosts().isEmpty()
                        ? Optional.empty()
                        : Optional.of(group.hosts().get(i));
                int own = host.map(HostSpec::slots)
                        .filter(given -> given.isPresent())
                        .map(given -> given.getAsInt())
                        .orElse(slots);
                nodes.add(new PlannedNode(
                        nodeName(spec, group, i),
                        group,
                        nodes.size(),
                        own,
                        cores,
                        group.memory(),
                        List.of(),
                        Optional.empty(),
                        host));
            }
        }
        return new ClusterPlan(spec, nodes, Optional.empty(), List.of(), PlanNotes.of(spec, nodes, machine));
    }

    /**
     * The plan for a spec whose provider offers sizes.
     *
     * @param offers what the cloud has where the spec wants its nodes
     * @throws NoPlanException when no offer fits a group
     */
    public ClusterPlan plan(ClusterSpec spec, List<Offer> offers) throws NoPlanException {
        List<PlannedNode> nodes = new ArrayList<>();
        List<GroupOffers> choices = new ArrayList<>();
        for (NodeGroup group : spec.groups()) {
            GroupOffers choice = OfferChooser.choose(group, offers);
            choices.add(choice);
            // slots hold whichever of the sizes comes
            int least = choice.tried().stream()
                    .mapToInt(ConsideredOffer::cores)
                    .min()
                    .orElseThrow();
            int slots = group.slots().orElse(group.cores().orElse(least));
            for (int i = 0; i < group.count(); i++) {
                nodes.add(new PlannedNode(
                        nodeName(spec, group, i),
                        group,
                        nodes.size(),
                        slots,
                        choice.chosen().cores(),
                        Optional.of(choice.chosen().memory()),
                        choice.tried().stream().map(ConsideredOffer::type).toList(),
                        choice.chosen().pricePerHour(),
                        Optional.empty()));
            }
        }
        return new ClusterPlan(spec, nodes, sum(nodes), choices, PlanNotes.of(spec, offers, choices));
    }

    private static Optional<Money> sum(List<PlannedNode> nodes) {
        boolean known = nodes.stream().allMatch(node -> node.pricePerHour().isPresent());
        return known
                ? nodes.stream().flatMap(node -> node.pricePerHour().stream()).reduce(Money::plus)
                : Optional.empty();
    }

    private static int fallback(ClusterSpec spec) {
        return spec.provider().equals(ClusterSpec.LOCAL) ? DEFAULT_LOCAL_SLOTS : DEFAULT_SLOTS;
    }

    private static String nodeName(ClusterSpec spec, NodeGroup group, int position) {
        return spec.name() + (group.name().isEmpty() ? "" : "-" + group.name()) + "-" + (position + 1);
    }
}
