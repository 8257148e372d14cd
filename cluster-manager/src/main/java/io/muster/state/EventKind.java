package io.muster.state;

/** What an event is about. */
public enum EventKind {
    CLUSTER_CREATED,
    CLUSTER_WANTED,
    CLUSTER_SPEC,
    CLUSTER_PHASE,
    NODE_WANTED,
    NODE_ADDRESS,
    NODE_AGENT,
    NODE_STATE,
    JOB_SUBMITTED,
    JOB_STATE,
    /** How far the journal was fetched; one event a job, kept up to date. */
    JOB_JOURNAL,
    JOB_OUTPUTS,
    /** Something to remember that changed nothing. */
    NOTE
}
