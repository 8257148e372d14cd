package io.muster.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Cuts a line once nothing was heard on it for a moment, from a thread of its own. */
final class QuietCut implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(400);

    private final AtomicLong lastHeard = new AtomicLong(System.nanoTime());
    private final CountDownLatch over = new CountDownLatch(1);

    QuietCut(Runnable cut) {
        Thread.ofVirtual().name("quiet-cut").start(() -> watch(cut));
    }

    void heard() {
        lastHeard.set(System.nanoTime());
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void watch(Runnable cut) {
        try {
            while (!over.await(QUIET.toMillis() / 8, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - lastHeard.get() > QUIET.toNanos()) {
                    cut.run();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
