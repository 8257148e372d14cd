package io.muster.mpi.onesided;

import io.muster.mpi.engine.Engine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a word in shared memory that another rank will change: shortly without a pause, then giving the core to
 * others, then in short sleeps, and makes progress meanwhile, which also finds out that a rank was lost.
 */
final class Backoff {
    private static final int SPINS = 100;
    private static final int YIELDS = 100;
    private static final long LONGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Engine engine;
    private int round;
    private long nanos = 1_000;

    Backoff(Engine engine) {
        this.engine = engine;
    }

    @SuppressWarnings("ThreadPriorityCheck") // whoever will change the word may need this core
    void pause() {
        round++;
        if (round < SPINS) {
            Thread.onSpinWait();
            return;
        }
        engine.poll();
        if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, nanos);
            nanos = Math.min(LONGEST_NANOS, 2 * nanos);
        }
    }
}
