package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.cli.document.JobDocument;
import io.muster.cli.screen.ProgressView;
import io.muster.spec.JobSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "submit",
        header = "Start a program on a cluster and print the id of its job.",
        customSynopsis = {
            "muster submit CLUSTER -n RANKS [--per-node K] [--in GLOB]...",
            "                     [--out GLOB]... [--env NAME[=VALUE]]... [--env-file FILE]...",
            "                     [--jvm-opt OPTION]... [--cp PATH] [--runtime NAME] [--build COMMAND]",
            "                     [--requirements FILE] [--stdin FILE] [--oversubscribe] [--time TIME]",
            "                     [--name NAME] -- PROGRAM [ARGS...]"
        },
        description = "The job goes on whatever happens to this command or this machine's manager.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster submit heat -n 8 --out heat.png -- heat.jar --output heat.png",
            "  job=$(muster submit heat -n 8 -- heat.jar) && muster logs -f $job"
        })
final class SubmitCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JobOptions options = new JobOptions();

    @Mixin
    private final StdinOption stdin = new StdinOption();

    SubmitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JobSpec spec = options.spec(session.surroundings());
        JobStatus started;
        try (StdinOption.Fed fed = stdin.feed(spec, session.surroundings());
                ProgressView progress = session.progress(0)) {
            started = session.api()
                    .submit(options.cluster(), fed.spec(), session.folder().toAbsolutePath(), progress);
        }
        session.result(JobDocument.of(started), started::jobId);
        return ExitCode.DONE;
    }
}
