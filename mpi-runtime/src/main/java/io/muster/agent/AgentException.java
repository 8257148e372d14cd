package io.muster.agent;

import java.io.IOException;

/** An agent refused or could not do what it was asked for; the conversation itself was in order. */
public final class AgentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure. */
    public enum Kind {
        /** No such job, file or member. */
        NOT_FOUND,
        /** What was asked for makes no sense. */
        WRONG_INPUT,
        /** The job exists already, or runs. */
        CONFLICT,
        /** The node's disk is full or its quota used up. */
        DISK_FULL,
        /** Something on the node failed. */
        FAILED
    }

    private final Kind kind;

    /** Makes one. */
    public AgentException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What kind of failure. */
    public Kind kind() {
        return kind;
    }
}
