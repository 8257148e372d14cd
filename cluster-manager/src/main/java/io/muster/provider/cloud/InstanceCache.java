package io.muster.provider.cloud;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The instances of a cluster, listed once for all that wait for one of them. Thread-safe. */
final class InstanceCache {
    private final CloudRegion region;
    private final Retries retries;
    private final Map<String, String> tags;
    private final long maxAgeNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Instance> seen = List.of();
    private long seenNanos;
    private boolean fresh;

    InstanceCache(CloudRegion region, Retries retries, Map<String, String> tags, WaitLimits limits) {
        this.region = region;
        this.retries = retries;
        this.tags = tags;
        this.maxAgeNanos = limits.lookAgain().toNanos();
    }

    /** What there is, as seen a moment ago at most. */
    List<Instance> recent() throws CloudFailure, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!fresh || System.nanoTime() - seenNanos > maxAgeNanos) {
                look();
            }
            return seen;
        } finally {
            lock.unlock();
        }
    }

    /** What there is, as seen after that moment of {@link System#nanoTime}, and a moment ago at most. */
    List<Instance> since(long nanos) throws CloudFailure, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!fresh || seenNanos - nanos < 0) {
                look();
            }
            return recent();
        } finally {
            lock.unlock();
        }
    }

    /** What there is now. */
    List<Instance> now() throws CloudFailure, InterruptedException {
        lock.lockInterruptibly();
        try {
            look();
            return seen;
        } finally {
            lock.unlock();
        }
    }

    private void look() throws CloudFailure, InterruptedException {
        seenNanos = System.nanoTime();
        seen = retries.call(() -> region.instances(tags));
        fresh = true;
    }

    Optional<Instance> recent(String id) throws CloudFailure, InterruptedException {
        return recent().stream().filter(one -> one.id().equals(id)).findFirst();
    }
}
