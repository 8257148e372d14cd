package io.muster.cli;

import io.muster.spec.ClusterSpec;
import io.muster.spec.NodeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scale",
        header = "Add nodes to a cluster, or remove some; jobs that run go on.",
        description = {
            "Nodes that go are those with the highest numbers; a node that runs a job is not removed.",
            "The same as muster up with a sizing file whose count was changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster scale heat --nodes 6", "  muster scale heat --nodes 2 --group fat"})
final class ScaleCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    @Option(names = "--nodes", required = true, paramLabel = "COUNT", description = "Number of nodes to have then.")
    private int nodes;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "The group of nodes; may be left out where there is one.")
    private String group = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before creating what costs money.")
    private boolean yes;

    ScaleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterSpec standing = session.api().spec(cluster);
        try {
            return new BringUp(session, yes).run(resized(standing));
        } catch (IllegalArgumentException e) {
            throw Failures.refused(e, "muster scale", "give --nodes from 1 to " + NodeGroup.MAX_COUNT);
        }
    }

    private ClusterSpec resized(ClusterSpec standing) {
        List<String> names = standing.groups().stream().map(NodeGroup::name).toList();
        if (standing.groups().stream().anyMatch(each -> !each.hosts().isEmpty())) {
            throw Failures.wrongInput(
                    "nodes that exist are added and removed in the sizing file",
                    "cluster " + cluster,
                    "provider " + standing.provider(),
                    "change the list of hosts there, then: muster up FILE");
        }
        if (names.size() > 1 && !names.contains(group)) {
            throw Failures.wrongInput(
                    group.isEmpty() ? "which group of nodes is meant?" : "there is no group " + group,
                    "cluster " + cluster,
                    "it has the groups " + String.join(", ", names),
                    "muster scale " + cluster + " --nodes " + nodes + " --group " + names.getFirst());
        }
        List<NodeGroup> changed = new ArrayList<>();
        for (NodeGroup each : standing.groups()) {
            changed.add(names.size() == 1 || each.name().equals(group) ? each.withCount(nodes) : each);
        }
        return standing.withGroups(changed);
    }
}
