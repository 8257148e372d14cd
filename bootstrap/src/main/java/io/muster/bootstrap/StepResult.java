package io.muster.bootstrap;

/** What a step that did not fail says of itself. */
record StepResult(boolean changed, String seen) {
    static StepResult changed(String seen) {
        return new StepResult(true, seen);
    }

    static StepResult unchanged(String seen) {
        return new StepResult(false, seen);
    }
}
