package io.muster.cli;

import io.muster.api.CollectionReport;
import io.muster.api.Garbage;
import io.muster.cli.document.GarbageDocument;
import io.muster.cli.screen.Elapsed;
import io.muster.cli.screen.Table;
import io.muster.spec.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        header = "Find what carries your tag and no cluster wants, and remove it.",
        description = {
            "Looks at every provider that this machine is set up for. What a cluster of this state store wants stays;"
                    + " clusters that were brought up from elsewhere, with another state, are not known here:"
                    + " look at the list before you agree."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster gc --dry-run", "  muster gc --cluster old", "  muster gc --yes --output json"})
final class GcCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Show what there is, remove nothing.")
    private boolean dryRun;

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only what carries the name of this cluster.")
    private String cluster = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before removing.")
    private boolean yes;

    GcCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Garbage> garbage = session.api().garbage().stream()
                .filter(one -> cluster.isEmpty() || cluster.equals(one.cluster().orElse("")))
                .toList();
        if (garbage.isEmpty() || dryRun) {
            session.result(
                    GarbageDocument.of(garbage), () -> garbage.isEmpty() ? "nothing is left over" : text(garbage));
            return ExitCode.DONE;
        }
        if (!yes) {
            session.screen().say(text(garbage));
            if (!Consent.toRemove(session, garbage.size())) {
                session.screen().say("nothing was removed");
                return ExitCode.DONE;
            }
        }
        CollectionReport report = session.api().collectGarbage(garbage);
        session.result(
                GarbageDocument.of(report),
                () -> report.removed() + " removed, " + report.left().size() + " left");
        report.left().forEach(one -> session.screen().say("left: " + one));
        return report.left().isEmpty() ? ExitCode.DONE : ExitCode.INFRASTRUCTURE;
    }

    private String text(List<Garbage> garbage) {
        Table table = new Table("PROVIDER", "KIND", "ID", "CLUSTER", "AGE>", "PRICE AN HOUR>", "WHY");
        Instant now = Instant.now();
        for (Garbage one : garbage) {
            table.row(
                    one.provider(),
                    one.kind(),
                    one.id(),
                    one.cluster().orElse("—"),
                    one.createdAt()
                            .map(at -> Elapsed.text(Duration.between(at, now)))
                            .orElse("—"),
                    one.pricePerHour().map(Money::toString).orElse("—"),
                    one.reason());
        }
        return table.render(session.screen());
    }
}
