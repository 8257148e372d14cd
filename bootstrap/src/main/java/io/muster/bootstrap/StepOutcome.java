package io.muster.bootstrap;

/** How a step on a node ended. */
public sealed interface StepOutcome {
    /**
     * The step changed something and succeeded.
     *
     * @param seen what was done or found, for people
     */
    record Done(long elapsedMs, String seen) implements StepOutcome {}

    /** Everything was as it should be; nothing was changed. */
    record AlreadyDone(long elapsedMs, String seen) implements StepOutcome {}

    /**
     * The step failed.
     *
     * @param message node, values seen and the next step
     */
    record Failed(long elapsedMs, String message) implements StepOutcome {}

    /** The step was not tried. */
    record Skipped(String reason) implements StepOutcome {}
}
