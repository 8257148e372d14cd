package io.muster.mpi.engine;

import io.muster.wireup.RankLost;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of dead ranks. The launcher knows who died and how; a broken link only knows that it broke, so it
 * counts after a while, when the launcher has said nothing. Thread-safe.
 */
final class Losses {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile @Nullable RankLost lost;
    private volatile @Nullable RankLost suspected;
    private volatile long suspectedAtNanos;

    void lost(RankLost rank) {
        if (lost == null) {
            lost = rank;
        }
    }

    void suspect(RankLost rank, long nowNanos) {
        if (suspected == null) {
            suspectedAtNanos = nowNanos;
            suspected = rank;
        }
    }

    /** Throws when a rank is lost. Cheap. */
    void check() {
        if (lost != null || suspected != null) {
            fail(System.nanoTime());
        }
    }

    private void fail(long nowNanos) {
        RankLost who = lost;
        if (who == null && nowNanos - suspectedAtNanos > PATIENCE_NANOS) {
            who = suspected;
        }
        if (who != null) {
            throw new Failure(
                    ErrorClass.PROC_ABORTED,
                    who.who() + " is lost: " + who.reason() + "; the job cannot go on without it");
        }
    }
}
