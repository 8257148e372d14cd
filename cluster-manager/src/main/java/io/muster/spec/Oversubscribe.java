package io.muster.spec;

/** Whether a job may have more ranks than the cluster has slots. */
public enum Oversubscribe {
    REFUSE,
    ALLOW
}
