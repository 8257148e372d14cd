package io.muster.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * When a cluster is given back without being asked.
 *
 * @param idle time without a job
 * @param lifetime time since it came up
 * @param budget money spent on it
 */
public record Limits(Optional<Duration> idle, Optional<Duration> lifetime, Optional<Money> budget) {
    /** No limit at all. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty());

    public Limits {
        idle.ifPresent(span -> positive("limits.idle", span));
        lifetime.ifPresent(span -> positive("limits.lifetime", span));
    }

    private static void positive(String what, Duration span) {
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(what + " is " + span + "; it must be above 0");
        }
    }
}
