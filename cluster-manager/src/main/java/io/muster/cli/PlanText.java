package io.muster.cli;

import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style;
import io.muster.cli.screen.Table;
import io.muster.plan.ClusterPlan;
import io.muster.plan.PlannedNode;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;

/** A plan for a person. */
final class PlanText {
    private static final String NONE = "—";

    private PlanText() {}

    static String of(ClusterPlan plan, Screen screen) {
        StringBuilder text = new StringBuilder();
        text.append(screen.result(Style.BOLD, "cluster " + plan.spec().name()))
                .append(": ")
                .append(plan.nodes().size())
                .append(plan.nodes().size() == 1 ? " node, " : " nodes, ")
                .append(plan.slots())
                .append(plan.slots() == 1 ? " slot" : " slots")
                .append("; provider ")
                .append(plan.spec().provider())
                .append("; runtime ")
                .append(plan.spec().runtime().text())
                .append("; price an hour ")
                .append(plan.pricePerHour().map(Money::toString).orElse(NONE))
                .append("\n\n");
        Table table = new Table("NODE", "SLOTS>", "CORES>", "MEMORY>");
        for (PlannedNode node : plan.nodes()) {
            table.row(
                    node.name(),
                    node.slots(),
                    node.cores(),
                    node.memory().map(MemorySize::toString).orElse(NONE));
        }
        text.append(table.render(screen));
        for (String note : plan.notes()) {
            text.append("\n\n")
                    .append(screen.result(Style.WARNING, "note:"))
                    .append(' ')
                    .append(note);
        }
        return text.toString();
    }
}
