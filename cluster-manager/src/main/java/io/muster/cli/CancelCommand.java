package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.cli.document.JobDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        header = "End a running job.",
        description = "Done when no process of it is left. A job that has ended stays as it is.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster cancel heat.3"})
final class CancelCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JobStatus status = session.api().cancel(job);
        session.screen().say(JobText.outcome(status, session.screen()));
        if (session.format() == OutputFormat.JSON) {
            session.result(JobDocument.of(status), status::jobId);
        }
        return ExitCode.DONE;
    }
}
