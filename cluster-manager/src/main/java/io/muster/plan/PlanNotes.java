package io.muster.plan;

import io.muster.provider.Offer;
import io.muster.spec.ClusterSpec;
import io.muster.spec.MemorySize;
import io.muster.spec.NodeGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person should know of a plan before going on. */
final class PlanNotes {
    private PlanNotes() {}

    /** For nodes on this machine, on its engine, or that exist. */
    static List<String> of(ClusterSpec spec, List<PlannedNode> nodes, MachineFacts machine) {
        List<String> notes = new ArrayList<>();
        if (spec.provider().equals(ClusterSpec.LOCAL)) {
            notes.addAll(roomOnThisMachine(nodes, machine));
        }
        if (spec.provider().equals(ClusterSpec.HOSTS) && nodes.stream().anyMatch(PlanNotes::isGuessed)) {
            notes.add("A host without slots counts 1: how many cores it has is not known before it is looked at. Give"
                    + " slots to use more.");
        }
        notes.addAll(limits(spec));
        return notes;
    }

    /** For nodes of a cloud. */
    static List<String> of(ClusterSpec spec, List<Offer> offers, List<GroupOffers> choices) {
        List<String> notes = new ArrayList<>();
        boolean unknown = choices.stream()
                .anyMatch(choice -> choice.chosen().pricePerHour().isEmpty());
        if (unknown) {
            notes.add("What the nodes cost is not known: provider " + spec.provider()
                    + " names no price for every chosen type. Your cloud may bill them all the same.");
        }
        Optional<LocalDate> oldest = offers.stream()
                .filter(offer -> offer.pricePerHour().isPresent())
                .map(Offer::pricedOn)
                .min(Comparator.naturalOrder());
        oldest.ifPresent(day -> notes.add("Prices are list prices of " + day
                + " for the machines alone: disks, traffic," + " addresses and tax come on top."));
        if (choices.stream().anyMatch(choice -> choice.tried().size() > 1)) {
            notes.add(
                    "When there is no room for the chosen type, those in reserve are tried in their order; their price"
                            + " counts then.");
        }
        if (spec.groups().stream().anyMatch(NodeGroup::spot)) {
            notes.add("Spot machines may be taken away at any time; jobs on them fail then.");
        }
        notes.addAll(limits(spec));
        return notes;
    }

    private static List<String> limits(ClusterSpec spec) {
        return spec.limits().idle().isEmpty() && spec.limits().budget().isEmpty()
                ? List.of()
                : List.of("The lifetime is enforced by the nodes; idle and budget are kept with the cluster, but this"
                        + " version does not enforce them: take the cluster down yourself.");
    }

    private static boolean isGuessed(PlannedNode node) {
        return node.group().slots().isEmpty()
                && node.group().cores().isEmpty()
                && node.host().map(host -> host.slots().isEmpty()).orElse(true);
    }

    private static List<String> roomOnThisMachine(List<PlannedNode> nodes, MachineFacts machine) {
        List<String> notes = new ArrayList<>();
        long cores = nodes.stream().mapToLong(PlannedNode::cores).sum();
        if (cores > machine.cores()) {
            notes.add("The nodes ask for " + cores + " cores together, this machine has " + machine.cores()
                    + ": ranks will share cores and run slower.");
        }
        double bytes = nodes.stream()
                .flatMap(node -> node.memory().stream())
                .mapToDouble(MemorySize::bytes)
                .sum();
        if (bytes > machine.memoryBytes()) {
            notes.add("The nodes ask for " + gibibytes(bytes) + " of memory together, this machine has "
                    + gibibytes((double) machine.memoryBytes())
                    + ": memory is not reserved, large jobs may run out.");
        }
        return notes;
    }

    private static String gibibytes(double bytes) {
        double gibibytes = bytes / (double) MemorySize.ofGiB(1).bytes();
        return String.format(Locale.ROOT, gibibytes < 10 ? "%.1f GiB" : "%.0f GiB", gibibytes);
    }
}
