package io.muster.supervisor;

import java.time.Duration;

/** A moment that may be set, and passes once. For one thread. */
final class Deadline {
    private boolean set;
    private long atNanos;

    void set(Duration fromNow) {
        set = true;
        atNanos = System.nanoTime() + fromNow.toNanos();
    }

    /** Whether it has passed; true once. */
    boolean passes() {
        boolean passed = set && System.nanoTime() - atNanos >= 0;
        set &= !passed;
        return passed;
    }

    /** How long until it passes; for ever when it is not set. */
    long leftNanos() {
        return set ? Math.max(0, atNanos - System.nanoTime()) : Long.MAX_VALUE;
    }
}
