package io.muster.supervisor;

import java.util.Optional;

/**
 * How a job ended.
 *
 * @param exitCode 0 when done; that of the first rank that failed (128 + n for signal n); 3 when nodes, agents or the
 *     supervisor failed; 124 when the wall time passed; 130 when cancelled
 * @param cause one sentence for people; empty when done
 * @param rank the rank that the outcome is about
 */
public record JobOutcome(Kind kind, int exitCode, String cause, Optional<Integer> rank) {
    /** Exit code of a job whose nodes, agents or supervisor failed. */
    public static final int INFRASTRUCTURE_FAILED = 3;

    /** Exit code of a job whose wall time passed, as {@code timeout} has it. */
    public static final int WALL_TIME_PASSED = 124;

    /** Exit code of a job that was cancelled. */
    public static final int INTERRUPTED = 130;

    /** The four ways. */
    public enum Kind {
        /** Every rank exited with 0. */
        DONE,
        /** A rank, a node or the supervisor failed, or the wall time passed. */
        FAILED,
        /** Somebody asked for its end. */
        CANCELLED,
        /** The head node's agent died with the job running; nobody knows how far it came. */
        LOST
    }

    /** Every rank exited with 0. */
    public static JobOutcome done() {
        return new JobOutcome(Kind.DONE, 0, "", Optional.empty());
    }

    /** A rank failed. */
    public static JobOutcome failed(int rank, int exitCode, String cause) {
        return new JobOutcome(Kind.FAILED, exitCode, cause, Optional.of(rank));
    }

    /** Something below the ranks failed. */
    public static JobOutcome infrastructure(String cause) {
        return new JobOutcome(Kind.FAILED, INFRASTRUCTURE_FAILED, cause, Optional.empty());
    }

    /** Somebody asked for its end. */
    public static JobOutcome cancelled(String reason) {
        return new JobOutcome(Kind.CANCELLED, INTERRUPTED, reason, Optional.empty());
    }

    /** The head agent died under it. */
    public static JobOutcome lost(String cause) {
        return new JobOutcome(Kind.LOST, INFRASTRUCTURE_FAILED, cause, Optional.empty());
    }
}
