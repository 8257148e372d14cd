package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.api.MusterApi.Follow;
import io.muster.api.OutputLine;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Show a job's output from its first line, also after the cluster is gone.",
        description = "With --output json, one object a line.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster logs heat.3", "  muster logs -f heat.3", "  muster logs heat.3 --rank 0 --tag-output"})
final class LogsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the job has ended, then fetch its outputs. Ctrl-C leaves the job alone.")
    private boolean follow;

    @Option(names = "--rank", paramLabel = "N", description = "Lines of this rank only.")
    private @Nullable Integer rank;

    /** The highest rank that has written something. */
    private volatile int highest = -1;

    @Mixin
    private final TagOptions tags = new TagOptions();

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RankOutput.Target target =
                session.format() == OutputFormat.JSON ? RankOutput.Target.JSON_LINES : RankOutput.Target.AS_WRITTEN;
        Thread worker = Thread.currentThread();
        RankOutput output = new RankOutput(session.screen(), tags.tag(), target, worker::interrupt);
        JobStatus status;
        try {
            status = session.api().logs(job, follow ? Follow.UNTIL_END : Follow.WHAT_IS_THERE, ofRank(output));
        } catch (RuntimeException e) {
            if (output.isClosed()) {
                return ExitCode.DONE;
            }
            if (session.interrupts().happened()) {
                session.screen().say("the job goes on; muster logs -f " + job + " follows it again");
                return ExitCode.INTERRUPTED;
            }
            throw e;
        }
        checkRank(highest);
        session.screen().say(JobText.outcome(status, session.screen()));
        if (follow) {
            Results.fetch(session, status);
        }
        return ExitCode.DONE;
    }

    /** Ranks that others have spawned are counted on from those that the job was submitted with. */
    private void checkRank(int heard) {
        Integer wanted = rank;
        if (wanted == null || (wanted >= 0 && wanted <= heard)) {
            return;
        }
        int ranks = Math.max(session.api().job(job).ranks(), heard + 1);
        if (wanted < 0 || wanted >= ranks) {
            throw Failures.wrongInput(
                    "job " + job + " has no rank " + wanted,
                    "muster logs --rank",
                    ranks + (ranks == 1 ? " rank" : " ranks"),
                    ranks == 1 ? "give --rank 0" : "give a rank from 0 to " + (ranks - 1));
        }
    }

    private Consumer<OutputLine> ofRank(RankOutput output) {
        Integer wanted = rank;
        return wanted == null
                ? output
                : line -> {
                    highest = Math.max(highest, line.rank());
                    if (line.rank() == wanted) {
                        output.accept(line);
                    }
                };
    }
}
