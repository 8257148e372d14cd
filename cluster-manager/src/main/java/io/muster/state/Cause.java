package io.muster.state;

/**
 * Why something changed. Every write takes one, and it becomes the text of the event.
 *
 * @param message one sentence for a person
 * @param details values seen, free text, may be empty; never a secret
 */
public record Cause(String message, String details) {
    public Cause {
        if (message.isBlank()) {
            throw new IllegalArgumentException("a change without a cause");
        }
    }

    /** A cause without details. */
    public static Cause of(String message) {
        return new Cause(message, "");
    }
}
