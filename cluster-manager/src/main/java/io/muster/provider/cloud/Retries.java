package io.muster.provider.cloud;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Makes calls again that fail for a reason that passes, after growing, partly random times. Thread-safe. */
final class Retries {
    private final WaitLimits limits;

    Retries(WaitLimits limits) {
        this.limits = limits;
    }

    /** A call to a cloud. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws CloudFailure;
    }

    /** A call to a cloud that answers nothing. */
    @FunctionalInterface
    interface Effect {
        void make() throws CloudFailure;
    }

    /**
     * The answer of the call, made again while that may help.
     *
     * @throws CloudFailure as the last try failed
     * @throws InterruptedException when interrupted between two tries
     */
    <T> T call(Call<T> call) throws CloudFailure, InterruptedException {
        long deadline = System.nanoTime() + limits.throttled().toNanos();
        int unclear = 0;
        for (int delays = 0; ; delays++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long toldMs;
            try {
                return call.make();
            } catch (CloudFailure e) {
                toldMs = e.notBefore().toMillis();
                boolean again = switch (e.kind()) {
                    case THROTTLED -> System.nanoTime() + e.notBefore().toNanos() - deadline < 0;
                    case TRANSIENT -> ++unclear < limits.tries();
                    case CAPACITY, NOT_FOUND, EXISTS, IN_USE, PERMANENT -> false;
                };
                if (!again) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(toldMs, delayMs(delays)));
        }
    }

    /** The same for a call without an answer. */
    void run(Effect effect) throws CloudFailure, InterruptedException {
        this.<Boolean>call(() -> {
            effect.make();
            return true;
        });
    }

    private long delayMs(int delays) {
        Duration grown = limits.firstDelay().multipliedBy(1L << Math.min(delays, 20));
        Duration whole = grown.compareTo(limits.longestDelay()) < 0 ? grown : limits.longestDelay();
        // Half of it for certain, so that many that failed together come apart and none comes at once.
        return whole.toMillis() / 2 + ThreadLocalRandom.current().nextLong(whole.toMillis() / 2 + 1);
    }
}
