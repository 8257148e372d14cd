package io.muster.provider.cloud.rest;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Place;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what a cloud does in its own time: looks less and less often, until the patience is over. */
public final class Polling {
    private static final long FIRST_LOOK_MS = 100;
    private static final long LONGEST_LOOK_MS = 3_000;

    private final Place place;
    private final Duration patience;
    private final long deadline;
    private long delayMs = FIRST_LOOK_MS;

    /** @param place named when the patience is over */
    public Polling(Place place, Duration patience) {
        this.place = place;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Waits a while before the next look.
     *
     * @param seen what the last look showed
     * @throws CloudFailure when the patience is over or the thread is interrupted, which it stays
     */
    public void once(String seen) throws CloudFailure {
        if (isOver()) {
            throw new CloudFailure(Kind.TRANSIENT, seen + " in " + place + " after " + patience.toSeconds() + " s");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(delayMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudFailure(Kind.TRANSIENT, seen + ", and nobody waits for it", e);
        }
        delayMs = Math.min(LONGEST_LOOK_MS, delayMs * 2);
    }

    /** Whether {@link #once} would give up. */
    public boolean isOver() {
        return System.nanoTime() - deadline > 0;
    }
}
