package io.muster.cli;

import io.muster.api.ClusterStatus;
import io.muster.cli.document.ClusterDocument;
import io.muster.cli.screen.ProgressView;
import io.muster.plan.ClusterPlan;
import io.muster.spec.ClusterSpec;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        header = "Create the cluster of a sizing file, or repair and complete it.",
        description = "Run it again after a failure: what is there stays, what is missing or dead is made anew.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster up heat.yaml", "  muster up heat.yaml --yes --output json"})
final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The sizing file.")
    private Path file = Path.of("");

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before creating what costs money.")
    private boolean yes;

    UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterSpec spec = SizingFile.read(session, file);
        ClusterPlan plan = session.api().plan(spec);
        if (plan.isBilled() && !yes && !Consent.given(session, plan)) {
            session.screen().say("nothing was created");
            return ExitCode.DONE;
        }
        ClusterStatus status;
        try (ProgressView progress = session.progress(spec.count())) {
            status = session.api().up(spec, progress);
        }
        session.result(ClusterDocument.of(status), () -> StatusText.of(status, session.screen()));
        String name = status.cluster();
        session.screen()
                .say("next: muster run " + name + " -n " + Math.max(1, status.readySlots())
                        + " -- PROGRAM, and muster down " + name + " when you are done");
        return ExitCode.DONE;
    }
}
