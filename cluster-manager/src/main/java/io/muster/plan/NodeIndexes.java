package io.muster.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Nodes keep their places in a cluster that changes its size: host files and jobs refer to them. Pure. */
public final class NodeIndexes {
    private NodeIndexes() {}

    /**
     * The nodes of a plan, each with the index that it had before, new ones behind all others.
     *
     * @param known index of every node that the cluster ever had, by name
     * @return ordered by index
     */
    public static List<PlannedNode> of(List<PlannedNode> planned, Map<String, Integer> known) {
        int next = known.values().stream().mapToInt(index -> index + 1).max().orElse(0);
        List<PlannedNode> placed = new ArrayList<>();
        for (PlannedNode node : planned) {
            Integer index = known.get(node.name());
            placed.add(node.withIndex(index == null ? next++ : index));
        }
        placed.sort(Comparator.comparingInt(PlannedNode::index));
        return placed;
    }
}
