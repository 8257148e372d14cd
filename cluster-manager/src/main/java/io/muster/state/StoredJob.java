package io.muster.state;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as the store knows it.
 *
 * @param cluster the cluster that it ran on, also after that cluster's name was used again
 * @param specJson the {@code JobSpec} as text
 * @param exitCode of the first rank that failed, 0 when none did; empty until the end
 * @param cause why it ended as it did; empty until the end
 * @param journalOffset bytes of the job's journal that were fetched
 * @param outputsFetched whether its output files came back
 */
public record StoredJob(
        JobId id,
        ClusterId cluster,
        String specJson,
        JobState state,
        OptionalInt exitCode,
        Optional<String> cause,
        Instant submittedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        long journalOffset,
        boolean outputsFetched) {}
