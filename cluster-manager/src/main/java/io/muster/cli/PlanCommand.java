package io.muster.cli;

import io.muster.cli.document.PlanDocument;
import io.muster.plan.ClusterPlan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        header = "Show what a sizing file would create and what it costs. Creates nothing.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster plan heat.yaml", "  muster plan heat.yaml --output json"})
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The sizing file.")
    private Path file = Path.of("");

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterPlan plan = session.api().plan(SizingFile.read(session, file));
        session.result(PlanDocument.of(plan), () -> PlanText.of(plan, session.screen()));
        return ExitCode.DONE;
    }
}
