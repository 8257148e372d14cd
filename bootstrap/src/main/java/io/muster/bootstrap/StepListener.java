package io.muster.bootstrap;

/** Hears of every step of every node as it happens; called by many threads at once, so be thread-safe and quick. */
public interface StepListener {
    /** Hears nothing. */
    StepListener SILENT = (node, step, outcome) -> {};

    /** A step on a node has ended, or was skipped. */
    void finished(String node, Step step, StepOutcome outcome);

    /** A step on a node begins. */
    default void started(String node, Step step) {}

    /** A step has come so far; only PUSH says so, in bytes. */
    default void progressed(String node, Step step, long done, long total) {}
}
