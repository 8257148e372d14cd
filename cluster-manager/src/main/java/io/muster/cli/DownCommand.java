package io.muster.cli;

import io.muster.api.DownReport;
import io.muster.api.JobStatus;
import io.muster.api.MusterException;
import io.muster.api.Unsaved;
import io.muster.cli.document.DownDocument;
import io.muster.cli.screen.ProgressView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "down",
        header = "End the jobs, fetch what they have left, then destroy the cluster.",
        description = {
            "Jobs that run are named and cancelled; on a terminal, after a question. Done when the provider"
                    + " lists none of its nodes any more. When results cannot be fetched, nothing is"
                    + " destroyed and the exit code is 3. A node that says nothing is waited for up to two minutes."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster down heat", "  muster down heat.yaml", "  muster down heat --discard"})
final class DownCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CLUSTER|FILE", description = "The cluster, or the sizing file that names it.")
    private String target = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before jobs that run are cancelled.")
    private boolean yes;

    @Option(names = "--discard", description = "Destroy the cluster also when results of jobs cannot be fetched.")
    private boolean discard;

    DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String cluster = SizingFile.isMeant(target)
                ? SizingFile.read(session, Path.of(target)).name().text()
                : target;
        List<JobStatus> running = running(cluster);
        if (!running.isEmpty() && !yes && !Consent.toCancel(session, running)) {
            session.screen().say("nothing was done");
            return ExitCode.DONE;
        }
        DownReport report;
        try (ProgressView progress = session.progress(0)) {
            report = session.api().down(cluster, discard ? Unsaved.DISCARDED : Unsaved.KEPT, progress);
        }
        session.result(DownDocument.of(report), () -> text(report));
        return ExitCode.DONE;
    }

    /** What would be cancelled; nothing when that cannot be found out, as down is for clusters that are broken, too. */
    private List<JobStatus> running(String cluster) {
        try {
            return session.api().jobs(Optional.of(cluster)).stream()
                    .filter(job -> !job.state().isEnd())
                    .toList();
        } catch (MusterException e) {
            return List.of();
        }
    }

    private static String text(DownReport report) {
        String nodes = report.destroyed() == 1 ? "1 node" : report.destroyed() + " nodes";
        return "cluster " + report.cluster() + " is down: " + nodes + " destroyed, " + report.left() + " left";
    }
}
