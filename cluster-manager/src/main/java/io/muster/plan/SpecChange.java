package io.muster.plan;

import io.muster.spec.ClusterSpec;
import io.muster.spec.HostSpec;
import io.muster.spec.NodeGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the spec of a standing cluster and a wanted one differ. Pure.
 *
 * @param settings what the cluster can follow, besides nodes that come and go, as sentences
 * @param obstacles what it cannot follow, as sentences; empty when it can follow all
 */
public record SpecChange(List<String> settings, List<String> obstacles) {

    public SpecChange {
        settings = List.copyOf(settings);
        obstacles = List.copyOf(obstacles);
    }

    /** The difference between two specs of the same cluster. */
    public static SpecChange between(ClusterSpec standing, ClusterSpec wanted) {
        List<String> settings = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        compare(obstacles, "provider", standing.provider(), wanted.provider());
        compare(obstacles, "region or network", standing.cloud(), wanted.cloud());
        compare(settings, "runtime", standing.runtimes(), wanted.runtimes());
        compare(settings, "limits", standing.limits(), wanted.limits());
        Map<String, NodeGroup> before = byName(standing);
        Map<String, NodeGroup> after = byName(wanted);
        before.forEach((name, group) -> {
            NodeGroup other = after.get(name);
            if (other != null) {
                compareGroups(obstacles, settings, group, other);
            }
        });
        if (after.keySet().stream().noneMatch(before::containsKey)) {
            obstacles.add("no group of nodes has a name that it had before");
        } else if (!after.containsKey(standing.groups().getFirst().name())) {
            obstacles.add("the first group holds the head node, which keeps the jobs, and must stay");
        }
        return new SpecChange(settings, obstacles);
    }

    private static void compareGroups(
            List<String> obstacles, List<String> settings, NodeGroup standing, NodeGroup wanted) {
        String prefix = standing.name().isEmpty() ? "" : "group " + standing.name() + ": ";
        compare(obstacles, prefix + "slots", standing.slots(), wanted.slots());
        compare(obstacles, prefix + "cores", standing.cores(), wanted.cores());
        compare(obstacles, prefix + "memory", standing.memory(), wanted.memory());
        compare(obstacles, prefix + "type", standing.types(), wanted.types());
        compare(obstacles, prefix + "image", standing.image(), wanted.image());
        compare(obstacles, prefix + "spot", standing.spot(), wanted.spot());
        compare(obstacles, prefix + "disk", standing.disk(), wanted.disk());
        compare(settings, prefix + "minimum", standing.minimum(), wanted.minimum());
        int common = Math.min(standing.hosts().size(), wanted.hosts().size());
        List<HostSpec> kept = standing.hosts().subList(0, common);
        if (!kept.equals(wanted.hosts().subList(0, common))) {
            obstacles.add(prefix + "hosts come and go at the end of the list only, the others keep their places");
        }
    }

    private static void compare(List<String> problems, String what, Object standing, Object wanted) {
        if (!standing.equals(wanted)) {
            problems.add(what + ": " + plain(standing) + " → " + plain(wanted));
        }
    }

    private static String plain(Object value) {
        return value.toString()
                .replaceAll("Optional(?:Int)?\\.empty", "none")
                .replaceAll("Optional(?:Int)?\\[([^\\]]*)]", "$1");
    }

    private static Map<String, NodeGroup> byName(ClusterSpec spec) {
        Map<String, NodeGroup> groups = new LinkedHashMap<>();
        spec.groups().forEach(group -> groups.put(group.name(), group));
        return groups;
    }
}
