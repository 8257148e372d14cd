package io.muster.state;

import org.jspecify.annotations.Nullable;

/** The store cannot be used; the message says what was seen and what to do next. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
