package io.muster.bootstrap.ssh;

import java.io.IOException;

/** A node could not be reached, trusted, entered or kept; the message names node, values seen and the next step. */
public final class SshException extends IOException {
    private static final long serialVersionUID = 1;

    /** What went wrong, for whoever decides what to do next. */
    public enum Kind {
        /** No SSH server answered until the deadline. */
        UNREACHABLE,
        /** The server showed another host key than the pinned one. */
        WRONG_HOST_KEY,
        /** The server refused the login key. */
        KEY_REFUSED,
        /** A command did not end in time. */
        TIMED_OUT,
        /** The connection was lost or the server broke the protocol. */
        LOST
    }

    private final Kind kind;

    SshException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    SshException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
