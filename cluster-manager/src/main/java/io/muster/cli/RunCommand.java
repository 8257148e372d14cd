package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.api.MusterApi;
import io.muster.api.MusterApi.Follow;
import io.muster.api.MusterException;
import io.muster.cli.document.JobDocument;
import io.muster.cli.document.Json;
import io.muster.cli.screen.ProgressView;
import io.muster.spec.JobSpec;
import io.muster.state.JobState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        header = "Run a program on a cluster, follow its output, and fetch its results.",
        customSynopsis = {
            "muster run CLUSTER -n RANKS [--per-node K] [--in GLOB]... [--out GLOB]...",
            "                  [--env NAME[=VALUE]]... [--env-file FILE]...",
            "                  [--jvm-opt OPTION]... [--cp PATH]",
            "                  [--runtime NAME] [--build COMMAND] [--requirements FILE]",
            "                  [--stdin FILE] [--oversubscribe] [--time TIME]",
            "                  [--name NAME] [--tag-output] -- PROGRAM [ARGS...]"
        },
        description = "The exit code is the job's own. Ctrl-C cancels the job; a second one leaves at once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster run heat -n 8 --out heat.png -- heat.jar --output heat.png",
            "  muster run heat -n 8 --cp classes --jvm-opt=-Xmx1g -- org.example.Main",
            "  muster run heat -n 4 --tag-output -- hostname",
            "  muster run heat -n 8 --runtime openmpi --out heat.png -- ./heat",
            "  muster run heat -n 8 --in 'src/**' --build 'make -C src' -- src/solver input.dat",
            "  muster run heat -n 8 --requirements requirements.txt -- python3 heat.py"
        })
final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JobOptions options = new JobOptions();

    @Mixin
    private final StdinOption stdin = new StdinOption();

    @Mixin
    private final TagOptions tags = new TagOptions();

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JobSpec spec = options.spec(session.surroundings());
        JobStatus started;
        try (StdinOption.Fed fed = stdin.feedAlsoRedirected(spec, session.surroundings());
                ProgressView progress = session.progress(0)) {
            if (fed.spec().stdin().isEmpty() && StdinOption.waits(session.surroundings())) {
                session.screen().say("what comes through a pipe is not passed on to rank 0; --stdin - does that");
            }
            started = session.api()
                    .submit(options.cluster(), fed.spec(), session.folder().toAbsolutePath(), progress);
        }
        JobStatus ended = follow(started.jobId());
        boolean interrupted = session.interrupts().happened();
        session.screen().say(JobText.outcome(ended, session.screen()));
        int code = interrupted ? ExitCode.INTERRUPTED : exitCode(ended);
        List<Path> outputs =
                code == ExitCode.DONE ? Results.fetch(session, ended) : whatCanBeFetched(ended, interrupted);
        if (ended.state() == JobState.DONE
                && outputs.isEmpty()
                && !spec.outputs().isEmpty()) {
            session.screen()
                    .say("no file that the job left matches --out " + String.join(", ", spec.outputs())
                            + "; patterns start from the folder that the ranks work in");
        }
        if (session.format() == OutputFormat.JSON) {
            session.screen().print(Json.document(JobDocument.of(ended, outputs)));
        }
        return code;
    }

    /** What a job left that did not end well; its own exit code says more than that something could not be fetched. */
    private List<Path> whatCanBeFetched(JobStatus ended, boolean interrupted) {
        if (interrupted) {
            return List.of();
        }
        try {
            return Results.fetch(session, ended);
        } catch (MusterException e) {
            session.screen().say(Failures.block(e).render(session.screen()));
            return List.of();
        }
    }

    /** Blocks until the job has ended; the first Ctrl-C makes that sooner. */
    private JobStatus follow(String jobId) {
        session.interrupts()
                .announce(() -> session.screen()
                        .say("cancelling job " + jobId + "; Ctrl-C again leaves at once, then muster cancel " + jobId
                                + " ends it"));
        RankOutput.Target target =
                session.format() == OutputFormat.JSON ? RankOutput.Target.STDERR : RankOutput.Target.AS_WRITTEN;
        // The job and its results matter even when nobody reads its output any more.
        RankOutput output = new RankOutput(session.screen(), tags.tag(), target, () -> {});
        MusterApi api = session.api();
        try {
            return api.logs(jobId, Follow.UNTIL_END, output);
        } catch (RuntimeException e) {
            if (!session.interrupts().happened()) {
                throw e;
            }
            boolean _ = Thread.interrupted();
            return api.cancel(jobId);
        }
    }

    private static int exitCode(JobStatus ended) {
        int own = ended.exitCode().orElse(0);
        return switch (ended.state()) {
            case DONE -> own;
            case FAILED -> own == 0 ? ExitCode.INFRASTRUCTURE : own;
            case CANCELLED -> own == 0 ? ExitCode.INTERRUPTED : own;
            case STAGING, SUBMITTING, RUNNING, LOST -> ExitCode.INFRASTRUCTURE;
        };
    }
}
