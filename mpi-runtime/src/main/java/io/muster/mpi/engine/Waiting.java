package io.muster.mpi.engine;

import io.muster.mpi.transport.Doorbell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How the threads of a rank wait for messages: they make progress, and when nothing comes for a while, one of them
 * sleeps at the doorbell and the others sleep until that one has looked. Whoever makes progress wakes those whom it may
 * concern. All methods but {@link #wakeAll} and {@link #finish} are called with the engine's lock held, which is given
 * up while sleeping.
 */
final class Waiting {
    /** A rank that sleeps looks now and then whether a link that broke without a word from the launcher is a loss. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What a round counts while another thread wants the lock, which it may not get at the first try. */
    private static final int ROUNDS_WHEN_QUEUED = 200;

    private final ReentrantLock lock;
    private final Condition looked;
    private final Patience patience;
    private final Progress progress;
    private final Doorbell doorbell;
    private final Runnable check;
    private boolean asleep;
    private @Nullable Operation sleepsFor;
    private int pauses;
    private int others;
    private int inside;

    /** {@code check} throws when nobody may wait any more. */
    Waiting(ReentrantLock lock, Patience patience, Progress progress, Doorbell doorbell, Runnable check) {
        this.lock = lock;
        this.looked = lock.newCondition();
        this.patience = patience;
        this.pauses = patience.spins();
        this.progress = progress;
        this.doorbell = doorbell;
        this.check = check;
    }

    /** Makes one step of progress, and has other threads that wait look what came. */
    int step() {
        int work = progress.step();
        if (work > 0) {
            tellOthers();
        }
        return work;
    }

    /** A thread begins to wait; {@link #leave} ends it. */
    void enter() {
        inside++;
    }

    void leave() {
        inside--;
        pauses = patience.pausesAfterSpin(pauses);
        if (others > 0) {
            looked.signalAll();
        }
    }

    /** Whether a thread waits, and so makes progress. */
    boolean someoneIsInside() {
        return inside > 0;
    }

    /** Nothing has come in {@code round}: spins, yields or sleeps. Null when not for one operation. */
    int idle(int round, @Nullable Operation operation) {
        check.run();
        // Threads of one rank that wait at the same time share its lock: none of them polls for long.
        Patience.Step step = inside > 1 ? Patience.CROWDED.step(round, 0) : patience.step(round, pauses);
        switch (step) {
            case POLL -> {}
            case SPIN -> Thread.onSpinWait();
            case YIELD -> letOthersIn();
            case SLEEP -> sleep(operation);
        }
        if (lock.hasQueuedThreads()) {
            letOthersIn();
            return round + ROUNDS_WHEN_QUEUED;
        }
        return round + 1;
    }

    /** Has all threads that wait look again. Any thread, without the lock. */
    void wakeAll() {
        doorbell.wakeUp();
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop looks what came, and comes again
    private void sleep(@Nullable Operation operation) {
        if (asleep) {
            others++;
            // Without a limit: the one at the doorbell tells the others whenever it has looked. MPI calls do not end
            // early, so an interrupt is left for the caller to find.
            looked.awaitUninterruptibly();
            others--;
            return;
        }
        asleep = true;
        sleepsFor = operation;
        pauses = patience.pausesAfterSleep(pauses);
        try {
            progress.fallAsleep();
            doorbell.fallAsleep();
            check.run();
            if (progress.look() == 0) {
                sleepAtDoorbell();
            }
        } finally {
            asleep = false;
            sleepsFor = null;
            doorbell.awake();
            looked.signalAll();
        }
    }

    private void sleepAtDoorbell() {
        lock.unlock();
        try {
            doorbell.await(LONGEST_SLEEP_NANOS);
        } finally {
            lock.lock();
        }
    }

    /** Work that another thread has done is done: whoever waits for it goes on. Any thread, without the lock. */
    void finish(TaskOperation task) {
        lock.lock();
        try {
            task.done = true;
            tellOthers();
        } finally {
            lock.unlock();
        }
    }

    private void tellOthers() {
        if (others > 0) {
            looked.signalAll();
        }
        if (asleep) {
            Operation operation = sleepsFor;
            if (operation == null || operation.done) {
                doorbell.wakeUp();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // ranks that share a core take turns; sleeping would take too long
    private void letOthersIn() {
        lock.unlock();
        try {
            Thread.yield();
        } finally {
            lock.lock();
        }
    }
}
