package io.muster.api;

import java.time.Duration;

/** What a long call is doing; given to a listener from any thread, in order per node. */
public sealed interface Progress {
    /** A phase such as "provision" begins. */
    record PhaseStarted(String phase) implements Progress {}

    /**
     * A phase is over.
     *
     * @param summary in a few words, for example "4 nodes"
     */
    record PhaseEnded(String phase, Duration elapsed, String summary) implements Progress {}

    /**
     * A step of one node is over.
     *
     * @param outcome in a few words, for example "already there"
     */
    record NodeStep(String phase, String node, String step, Result result, Duration elapsed, String outcome)
            implements Progress {}

    /** Something that a user should know and that is not an error. */
    record Note(String text) implements Progress {}

    /** How a step ended. */
    enum Result {
        DONE,
        UNCHANGED,
        SKIPPED,
        FAILED
    }
}
