package io.muster.agent;

import io.muster.supervisor.JobOutcome;
import java.util.Optional;

/**
 * A job that this agent holds the journal of.
 *
 * @param ranks number of ranks
 * @param outcome empty while it runs
 */
public record JobSummary(String jobId, int ranks, Optional<JobOutcome> outcome) {}
