package io.muster.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have not proved yet who they are: few at a time, and each for a short time in all, however busy it
 * looks. When there are too many, one more is let in and the oldest has to go, of the address that has the most, so
 * that nobody shuts the door for others. Thread-safe.
 */
public final class Strangers implements AutoCloseable {
    private final int most;
    private final Duration deadline;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Stranger> oldestFirst = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param most how many there may be
     * @param deadline how long one may stay
     */
    public Strangers(int most, Duration deadline) {
        this.most = most;
        this.deadline = deadline;
        Thread.ofVirtual().name("strangers").start(this::endLate);
    }

    private record Stranger(Socket socket, @Nullable InetAddress from, long untilNanos) {}

    /** Lets one in. */
    public void enter(Socket socket) {
        lock.lock();
        try {
            oldestFirst.addLast(new Stranger(socket, socket.getInetAddress(), System.nanoTime() + deadline.toNanos()));
            if (oldestFirst.size() > most) {
                evict();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** It has proved who it is, or is gone; false when it had to go before. */
    public boolean leave(Socket socket) {
        lock.lock();
        try {
            return oldestFirst.removeIf(stranger -> stranger.socket().equals(socket));
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        Map<@Nullable InetAddress, Integer> counts = new HashMap<>();
        oldestFirst.forEach(stranger -> counts.merge(stranger.from(), 1, Integer::sum));
        int largest = Collections.max(counts.values());
        Iterator<Stranger> all = oldestFirst.iterator();
        while (all.hasNext()) {
            Stranger stranger = all.next();
            if (Integer.valueOf(largest).equals(counts.get(stranger.from()))) {
                all.remove();
                end(stranger);
                return;
            }
        }
    }

    private void endLate() {
        lock.lock();
        try {
            while (!closed) {
                Stranger oldest = oldestFirst.peekFirst();
                if (oldest == null) {
                    changed.await();
                } else if (oldest.untilNanos() - System.nanoTime() > 0) {
                    boolean _ = changed.await(oldest.untilNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
                } else {
                    oldestFirst.removeFirst();
                    end(oldest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static void end(Stranger stranger) {
        try {
            stranger.socket().close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    /** Ends the watch; who is in stays. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
