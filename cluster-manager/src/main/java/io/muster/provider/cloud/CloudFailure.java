package io.muster.provider.cloud;

import java.time.Duration;

/** A cloud refused or did not answer. The message says what was seen and what to do, without naming node or cluster. */
public final class CloudFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What may be done about it. */
    public enum Kind {
        /** No room for this size there, now: another size or place may have some. */
        CAPACITY,
        /** Too many calls: the same call works later. The call had no effect. */
        THROTTLED,
        /** The cloud or the way to it failed. Whether the call had an effect is not known. */
        TRANSIENT,
        /** What the call names is not there, or not yet. */
        NOT_FOUND,
        /** What the call would make is there already. */
        EXISTS,
        /** Something else still uses what the call would remove. */
        IN_USE,
        /** The same call fails until the user changes something. */
        PERMANENT
    }

    private final Kind kind;
    private final Duration notBefore;

    /** @param notBefore how long the cloud wants to be left alone with this call; zero when it does not say */
    public CloudFailure(Kind kind, String message, Throwable cause, Duration notBefore) {
        super(message, cause);
        this.kind = kind;
        this.notBefore = notBefore;
    }

    public CloudFailure(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, Duration.ZERO);
    }

    public CloudFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.notBefore = Duration.ZERO;
    }

    public Kind kind() {
        return kind;
    }

    /** How long to wait at least before the same call is made again. */
    public Duration notBefore() {
        return notBefore;
    }

    /** The message, which is always there. */
    public String said() {
        return String.valueOf(getMessage());
    }
}
