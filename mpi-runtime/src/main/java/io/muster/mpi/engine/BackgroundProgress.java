package io.muster.mpi.engine;

import io.muster.mpi.transport.Doorbell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread of a rank that makes progress now and then, so that a program that computes for long still answers. */
final class BackgroundProgress {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Programs that end at once do not pay for loading the futex: it is loaded after so many sleeps, or rounds. */
    private static final int SLEEPS_TO_FUTEX = 20;

    private static final int ROUNDS_TO_FUTEX = 50;

    private final int rank;
    private final Doorbell doorbell;
    private final BooleanSupplier step;
    private final AtomicBoolean started = new AtomicBoolean();

    /** {@code step} makes a step of progress and returns whether there will be more. */
    BackgroundProgress(int rank, Doorbell doorbell, BooleanSupplier step) {
        this.rank = rank;
        this.doorbell = doorbell;
        this.step = step;
    }

    /** Once is enough. */
    void start() {
        if (started.getAndSet(true)) {
            return;
        }
        Thread.ofPlatform().daemon().name("mpi-progress-" + rank).start(this::run);
    }

    private void run() {
        boolean loading = false;
        int round = 0;
        do {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            if (!loading && (++round == ROUNDS_TO_FUTEX || doorbell.sleeps() >= SLEEPS_TO_FUTEX)) {
                loading = true;
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
