package io.muster.cli;

import io.muster.api.ClusterStatus;
import io.muster.api.NodeStatus;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style;
import io.muster.cli.screen.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Clusters for a person. */
final class StatusText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private StatusText() {}

    static String of(ClusterStatus status, Screen screen) {
        int count = status.nodes().size();
        String head =
                screen.result(Style.BOLD, "cluster " + status.cluster()) + ": " + word(status.phase()) + ", " + count
                        + (count == 1 ? " node" : " nodes") + ", " + status.readySlots() + " of " + slots(status)
                        + " slots ready; provider " + status.provider() + "; created " + time(status.createdAt());
        if (status.nodes().isEmpty()) {
            return head;
        }
        Table table = new Table("NODE", "SLOTS>", "HEALTH", "ADDRESS", "MESSAGE");
        for (NodeStatus node : status.nodes()) {
            table.row(
                    node.node(),
                    node.slots(),
                    word(node.health()),
                    node.address().isEmpty() ? "—" : node.address(),
                    node.message());
        }
        return head + "\n\n" + table.render(screen);
    }

    static String of(List<ClusterStatus> clusters, Screen screen) {
        Table table = new Table("CLUSTER", "PHASE", "NODES>", "SLOTS READY>", "PROVIDER", "CREATED");
        for (ClusterStatus status : clusters) {
            table.row(
                    status.cluster(),
                    word(status.phase()),
                    status.nodes().size(),
                    status.readySlots() + "/" + slots(status),
                    status.provider(),
                    time(status.createdAt()));
        }
        return table.render(screen);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String time(java.time.Instant time) {
        return TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static int slots(ClusterStatus status) {
        return status.nodes().stream().mapToInt(NodeStatus::slots).sum();
    }
}
