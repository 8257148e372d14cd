package io.muster.plan;

import io.muster.spec.ClusterSpec;
import io.muster.spec.Limits;
import io.muster.spec.MemorySize;
import io.muster.spec.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns a spec into a plan: the same spec on the same machine gives the same plan. */
public final class Planner {
    private static final int DEFAULT_SLOTS = 1;
    private static final int DEFAULT_LOCAL_SLOTS = 2;

    private final MachineFacts machine;

    /** A planner for a manager on this machine. */
    public Planner(MachineFacts machine) {
        this.machine = machine;
    }

    /** The plan for a spec. */
    public ClusterPlan plan(ClusterSpec spec) {
        List<PlannedNode> nodes = new ArrayList<>();
        for (NodeGroup group : spec.groups()) {
            int fallback = isLocal(spec) ? DEFAULT_LOCAL_SLOTS : DEFAULT_SLOTS;
            int slots = group.slots().orElse(group.cores().orElse(fallback));
            int cores = group.cores().orElse(slots);
            String prefix = spec.name() + (group.name().isEmpty() ? "" : "-" + group.name()) + "-";
            for (int i = 0; i < group.count(); i++) {
                int own = group.hosts().isEmpty()
                        ? slots
                        : group.hosts().get(i).slots().orElse(slots);
                nodes.add(new PlannedNode(prefix + (i + 1), group, nodes.size(), own, cores, group.memory()));
            }
        }
        List<String> notes = new ArrayList<>(isLocal(spec) ? notes(nodes) : List.of());
        if (!spec.limits().equals(Limits.NONE)) {
            notes.add("Limits are kept with the cluster, but this version does not enforce them: take the cluster down"
                    + " yourself.");
        }
        return new ClusterPlan(spec, nodes, Optional.empty(), notes);
    }

    private static boolean isLocal(ClusterSpec spec) {
        return spec.provider().equals(ClusterSpec.LOCAL);
    }

    private List<String> notes(List<PlannedNode> nodes) {
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
