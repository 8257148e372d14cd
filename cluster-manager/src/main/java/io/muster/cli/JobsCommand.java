package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.cli.document.JobDocument;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "jobs",
        header = "List the jobs of one cluster or of all, newest last.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster jobs", "  muster jobs heat --output json"})
final class JobsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "The cluster; all of them when left out.")
    private @Nullable String cluster;

    JobsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<JobStatus> jobs = session.api().jobs(Optional.ofNullable(cluster));
        if (jobs.isEmpty() && session.format() == OutputFormat.TEXT) {
            session.screen().say("no job yet; muster run --help shows how to start one");
            return ExitCode.DONE;
        }
        session.result(jobs.stream().map(JobDocument::of).toList(), () -> JobText.table(jobs, session.screen()));
        return ExitCode.DONE;
    }
}
