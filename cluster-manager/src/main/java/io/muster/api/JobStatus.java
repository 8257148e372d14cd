package io.muster.api;

import io.muster.state.JobState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it stands.
 *
 * @param command the program and its arguments, as a user would type them
 * @param exitCode of the first rank that failed, or 0; empty while it runs
 * @param cause why it ended as it did; "" while it runs and after success
 * @param folder folder of the manager that outputs come back to
 */
public record JobStatus(
        String jobId,
        String cluster,
        JobState state,
        String command,
        int ranks,
        Instant submittedAt,
        Optional<Instant> endedAt,
        Optional<Integer> exitCode,
        String cause,
        Path folder) {}
