package io.muster.cli;

import io.muster.api.Counted;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style;
import io.muster.cli.screen.Table;
import io.muster.plan.ClusterPlan;
import io.muster.plan.ConsideredOffer;
import io.muster.plan.GroupOffers;
import io.muster.plan.PlannedNode;
import io.muster.spec.HostSpec;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import io.muster.spec.TimeSpan;
import java.util.List;
import java.util.stream.Collectors;

/** A plan for a person. */
final class PlanText {
    private static final String NONE = "—";
    /** Offers that were not chosen and are shown nevertheless. */
    private static final int OTHERS_SHOWN = 5;

    private PlanText() {}

    static String of(ClusterPlan plan, Screen screen) {
        StringBuilder text = new StringBuilder();
        text.append(screen.result(Style.BOLD, "cluster " + plan.spec().name()))
                .append(": ")
                .append(Counted.of(plan.nodes().size(), "node"))
                .append(", ")
                .append(Counted.of(plan.slots(), "slot"))
                .append("; provider ")
                .append(plan.spec().provider())
                .append("; runtime ")
                .append(plan.spec().runtimes().stream()
                        .map(runtime -> runtime.runtime().text())
                        .collect(Collectors.joining(", ")))
                .append("; price an hour ")
                .append(price(plan));
        plan.priceOfLifetime()
                .ifPresent(sum -> text.append("; until its lifetime of ")
                        .append(plan.spec()
                                .limits()
                                .lifetime()
                                .map(TimeSpan::print)
                                .orElse(""))
                        .append(" ends ")
                        .append(sum));
        text.append("\n\n");
        plan.offers().forEach(offers -> text.append(offers(offers, screen)).append("\n\n"));
        text.append(nodes(plan, screen));
        for (String note : plan.notes()) {
            text.append("\n\n")
                    .append(screen.result(Style.WARNING, "note:"))
                    .append(' ')
                    .append(note);
        }
        return text.toString();
    }

    private static String price(ClusterPlan plan) {
        return plan.pricePerHour().map(Money::toString).orElse(plan.isBilled() ? "not known" : NONE);
    }

    private static String nodes(ClusterPlan plan, Screen screen) {
        boolean sized = !plan.offers().isEmpty();
        boolean exist = plan.head().host().isPresent();
        Table table = sized
                ? new Table("NODE", "SLOTS>", "CORES>", "MEMORY>", "TYPE", "PRICE AN HOUR>")
                : exist ? new Table("NODE", "HOST", "SLOTS>") : new Table("NODE", "SLOTS>", "CORES>", "MEMORY>");
        for (PlannedNode node : plan.nodes()) {
            String memory = node.memory().map(MemorySize::toString).orElse(NONE);
            if (sized) {
                String price = node.pricePerHour().map(Money::toString).orElse("not known");
                table.row(
                        node.name(),
                        node.slots(),
                        node.cores(),
                        memory,
                        node.types().getFirst(),
                        price);
            } else if (exist) {
                table.row(node.name(), node.host().map(HostSpec::endpoint).orElse(NONE), node.slots());
            } else {
                table.row(node.name(), node.slots(), node.cores(), memory);
            }
        }
        return table.render(screen);
    }

    private static String offers(GroupOffers offers, Screen screen) {
        Table table = new Table("OFFER", "REGION", "CORES>", "MEMORY>", "PRICE AN HOUR>", "", "WHY");
        List<ConsideredOffer> others =
                offers.considered().stream().filter(offer -> !offer.isTried()).toList();
        offers.tried().forEach(offer -> row(table, offer));
        others.stream().limit(OTHERS_SHOWN).forEach(offer -> row(table, offer));
        String title = offers.group().isEmpty() ? "" : screen.result(Style.BOLD, "group " + offers.group()) + "\n";
        int hidden = others.size() - OTHERS_SHOWN;
        return title
                + table.render(screen)
                + (hidden > 0 ? "\nand " + Counted.of(hidden, "other offer") + "; --output json has all" : "");
    }

    private static void row(Table table, ConsideredOffer offer) {
        table.row(
                offer.type(),
                offer.region(),
                offer.cores(),
                offer.memory(),
                offer.pricePerHour().map(Money::toString).orElse("not known"),
                switch (offer.verdict()) {
                    case CHOSEN -> "chosen";
                    case IN_RESERVE -> "in reserve";
                    case FITS, UNFIT -> NONE;
                },
                offer.why());
    }
}
