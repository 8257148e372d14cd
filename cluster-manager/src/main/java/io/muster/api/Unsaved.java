package io.muster.api;

/** What becomes of results of jobs that cannot be fetched when their cluster is to go down. */
public enum Unsaved {
    /** The cluster stays, and with it what is on its nodes. */
    KEPT,
    /** They are lost with the cluster. */
    DISCARDED
}
