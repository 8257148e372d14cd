package io.muster.supervisor;

import io.muster.wireup.RankAddress;

/** What a job's state machine hears. Times are milliseconds since 1970 on this node's clock. */
sealed interface JobInput {
    /** A rank's process runs. */
    record RankRuns(int rank, long pid) implements JobInput {}

    /** A rank's process is gone. */
    record RankGone(int rank, int exitCode, long goneAtMillis, String why) implements JobInput {}

    /** A rank published its address. */
    record RankPublished(RankAddress address) implements JobInput {}

    /** A rank's line broke before it said goodbye. */
    record RankSilent(int rank, String reason) implements JobInput {}

    /** A rank wants the job to end. */
    record AbortAsked(int rank, int exitCode, String reason, long askedAtMillis) implements JobInput {}

    /** The library's launcher is gone. */
    record LauncherGone(int exitCode, long goneAtMillis) implements JobInput {}

    /** What the launcher wanted to run on a node is not there. */
    record SpawnFailed(int nodeIndex, int exitCode) implements JobInput {}

    /** A node cannot be reached any more. */
    record NodeGone(int nodeIndex, String reason) implements JobInput {}

    /** A node has ended all of its ranks, and nothing of the job is left there. */
    record NodeClean(int nodeIndex) implements JobInput {}

    /** Somebody wants the job to end. */
    record CancelAsked(String reason) implements JobInput {}

    /**
     * Another world of the job has failed.
     *
     * @param outcome of the job, for that reason
     */
    record OtherWorldFailed(JobOutcome outcome, long failedAtMillis) implements JobInput {}

    /** Ranks had their moment after they heard that another one is lost. */
    record GracePassed() implements JobInput {}

    /** The job has run for as long as it may. */
    record WallTimePassed() implements JobInput {}
}
