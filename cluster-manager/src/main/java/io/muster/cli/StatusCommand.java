package io.muster.cli;

import io.muster.api.ClusterStatus;
import io.muster.cli.document.ClusterDocument;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        header = "Show what stands: one cluster with its nodes, or all clusters.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster status", "  muster status heat", "  muster status heat --output json"})
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "The cluster; all of them when left out.")
    private @Nullable String cluster;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (cluster != null) {
            ClusterStatus status = session.api().status(cluster);
            session.result(ClusterDocument.of(status), () -> StatusText.of(status, session.screen()));
            return ExitCode.DONE;
        }
        List<ClusterStatus> all = session.api().clusters();
        if (all.isEmpty() && session.format() == OutputFormat.TEXT) {
            session.screen().say("no cluster stands; muster up FILE creates one");
            return ExitCode.DONE;
        }
        session.result(all.stream().map(ClusterDocument::of).toList(), () -> StatusText.of(all, session.screen()));
        return ExitCode.DONE;
    }
}
