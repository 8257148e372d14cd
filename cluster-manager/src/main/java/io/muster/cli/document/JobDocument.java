package io.muster.cli.document;

import io.muster.api.JobStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A job as the commands about jobs print it. */
public record JobDocument(
        String job,
        String cluster,
        String state,
        String command,
        int ranks,
        String submittedAt,
        Optional<String> endedAt,
        Optional<Integer> exitCode,
        String cause,
        String folder,
        List<String> outputs) {

    public static JobDocument of(JobStatus status) {
        return of(status, List.of());
    }

    /** With the files that came back. */
    public static JobDocument of(JobStatus status, List<Path> outputs) {
        return new JobDocument(
                status.jobId(),
                status.cluster(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.command(),
                status.ranks(),
                status.submittedAt().toString(),
                status.endedAt().map(Instant::toString),
                status.exitCode(),
                status.cause(),
                status.folder().toString(),
                outputs.stream().map(Path::toString).toList());
    }
}
