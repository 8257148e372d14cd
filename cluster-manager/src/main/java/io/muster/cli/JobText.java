package io.muster.cli;

import io.muster.api.JobStatus;
import io.muster.cli.screen.Elapsed;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style;
import io.muster.cli.screen.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Jobs for a person. */
final class JobText {
    private JobText() {}

    /** How a job ended, in one line for stderr. */
    static String outcome(JobStatus job, Screen screen) {
        String time =
                Elapsed.text(Duration.between(job.submittedAt(), job.endedAt().orElse(job.submittedAt())));
        String name = "job " + job.jobId();
        return switch (job.state()) {
            case STAGING, SUBMITTING, RUNNING -> name + " is " + StatusText.word(job.state());
            case DONE -> screen.message(Style.GOOD, "✔") + " " + name + " is done after " + time;
            case FAILED -> bad(screen) + name + " failed after " + time + exitCode(job) + cause(job);
            case CANCELLED -> bad(screen) + name + " was cancelled after " + time + cause(job);
            case LOST -> bad(screen) + name + " is lost" + cause(job);
        };
    }

    static String fetched(List<Path> files, Path folder) {
        StringBuilder text = new StringBuilder("fetched");
        for (Path file : files) {
            Path absolute = folder.toAbsolutePath();
            text.append(' ').append(file.startsWith(absolute) ? absolute.relativize(file) : file);
        }
        return text.toString();
    }

    static String table(List<JobStatus> jobs, Screen screen) {
        Table table = new Table("JOB", "STATE", "RANKS>", "EXIT>", "SUBMITTED", "TIME>", "COMMAND");
        for (JobStatus job : jobs) {
            Instant end = job.endedAt().orElseGet(Instant::now);
            table.row(
                    job.jobId(),
                    StatusText.word(job.state()),
                    job.ranks(),
                    job.exitCode().map(String::valueOf).orElse("—"),
                    StatusText.time(job.submittedAt()),
                    Elapsed.text(Duration.between(job.submittedAt(), end)),
                    job.command());
        }
        return table.render(screen);
    }

    private static String bad(Screen screen) {
        return screen.message(Style.BAD, "✘") + " ";
    }

    private static String exitCode(JobStatus job) {
        return job.exitCode().map(code -> ", exit code " + code).orElse("");
    }

    private static String cause(JobStatus job) {
        return job.cause().isBlank() ? "" : ": " + job.cause().strip();
    }
}
