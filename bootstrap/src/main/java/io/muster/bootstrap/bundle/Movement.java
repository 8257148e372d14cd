package io.muster.bootstrap.bundle;

import java.time.Duration;

/** Whether something still goes on. Thread-safe. */
final class Movement {
    /** A transfer without a byte for so long counts as stuck. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private volatile long lastNanos = System.nanoTime();

    void happened() {
        lastNanos = System.nanoTime();
    }

    boolean recently() {
        return System.nanoTime() - lastNanos < PATIENCE.toNanos();
    }
}
