package io.muster.state;

/** Where a job is in its life, and where it may go from there. Staying is allowed until the end. */
public enum JobState {
    /** Its program and inputs are on their way to the nodes. */
    STAGING,
    /** Its supervisor is being started: the intent before the effect. */
    SUBMITTING,
    /** Its supervisor has started. */
    RUNNING,
    /** Every rank ended with exit code 0. */
    DONE,
    /** A rank failed, or the job could not be started. */
    FAILED,
    /** The user or a limit ended it. */
    CANCELLED,
    /** Its supervisor or head node is gone; the outcome is not known, yet may be found later. */
    LOST;

    /** Whether a job of this state may be in that state next. */
    public boolean mayBecome(JobState next) {
        return switch (this) {
            case STAGING -> next != DONE;
            case SUBMITTING -> next != STAGING;
            case RUNNING -> next != STAGING && next != SUBMITTING;
            case LOST -> next != STAGING && next != SUBMITTING;
            case DONE, FAILED, CANCELLED -> false;
        };
    }

    /** Whether the job has ended; a lost one counts as ended until it is found again. */
    public boolean isEnd() {
        return switch (this) {
            case STAGING, SUBMITTING, RUNNING -> false;
            case DONE, FAILED, CANCELLED, LOST -> true;
        };
    }
}
