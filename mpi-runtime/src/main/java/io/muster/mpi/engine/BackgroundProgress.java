package io.muster.mpi.engine;

import io.muster.mpi.transport.Doorbell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread of a rank that makes progress now and then, so that a program that computes for long still answers. */
final class BackgroundProgress {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Programs that end at once do not pay for loading the futex. */
    private static final int ROUNDS_TO_FUTEX = 50;

    private final int rank;
    private final Doorbell doorbell;
    private final BooleanSupplier step;

    /** {@code step} makes a step of progress and returns whether there will be more. */
    BackgroundProgress(int rank, Doorbell doorbell, BooleanSupplier step) {
        this.rank = rank;
        this.doorbell = doorbell;
        this.step = step;
    }

    void start() {
        Thread.ofPlatform().daemon().name("mpi-progress-" + rank).start(this::run);
    }

    private void run() {
        int round = 0;
        do {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            if (round++ == ROUNDS_TO_FUTEX) {
                Thread.ofPlatform().daemon().name("mpi-load-" + rank).start(this::loadFutex);
            }
        } while (step.getAsBoolean());
    }

    private void loadFutex() {
        if (Doorbell.loadFutex()) {
            doorbell.useFutex();
        }
    }
}
