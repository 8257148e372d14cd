package io.muster.bootstrap.master;

import io.muster.bootstrap.AgentLink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The session to one node, made when it is needed first, and anew when it broke. Thread-safe. */
final class KeptNode implements AutoCloseable {
    private static final Duration STALE = Duration.ofSeconds(30);

    private final AgentPlace place;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable SharedLink shared;
    private volatile boolean closed;
    private volatile long lastUseNanos = System.nanoTime();

    KeptNode(AgentPlace place) {
        this.place = place;
    }

    /**
     * Opens a line to the agent. A session that does not bring one in half of the deadline gets a successor; it ends
     * with the last line that others still have through it.
     */
    SharedLink.Use line(int lastPort, Duration deadline) throws IOException, InterruptedException {
        lastUseNanos = System.nanoTime();
        SharedLink kept = shared;
        if (kept != null && kept.isOpen()) {
            try {
                return within(kept, deadline.dividedBy(2));
            } catch (IOException broken) {
                kept.retire();
            }
        }
        return ensure(lastPort, deadline).open();
    }

    /** Logs in unless a session is open. */
    SharedLink ensure(int lastPort, Duration deadline) throws IOException, InterruptedException {
        opening.lockInterruptibly();
        try {
            SharedLink kept = shared;
            if (kept != null && kept.isOpen()) {
                return kept;
            }
            SharedLink fresh = new SharedLink(
                    AgentLink.open(place.node(), place.address(), lastPort, place.loadIdentity(), deadline));
            shared = fresh;
            if (closed) {
                fresh.end();
                throw new IOException(place.node() + ": its cluster has just been given up");
            }
            return fresh;
        } finally {
            opening.unlock();
        }
    }

    /** Whether there is no session, and nobody has wanted one lately. */
    boolean isStale() {
        SharedLink kept = shared;
        boolean open = kept != null && kept.isOpen();
        return !open && !opening.isLocked() && System.nanoTime() - lastUseNanos > STALE.toNanos();
    }

    private SharedLink.Use within(SharedLink kept, Duration patience) throws IOException, InterruptedException {
        CompletableFuture<SharedLink.Use> opened = new CompletableFuture<>();
        Thread.ofVirtual().name("line-" + place.node().node()).start(() -> open(kept, opened));
        try {
            return opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the session is silent", e);
        } catch (ExecutionException e) {
            throw new IOException("the session is broken", e.getCause());
        } finally {
            // Nobody waits any more: a line that comes late is closed by whoever opens it.
            opened.cancel(false);
        }
    }

    private static void open(SharedLink kept, CompletableFuture<SharedLink.Use> opened) {
        try {
            SharedLink.Use use = kept.open();
            if (!opened.complete(use)) {
                use.close();
            }
        } catch (IOException e) {
            opened.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        SharedLink kept = shared;
        if (kept != null) {
            kept.end();
        }
    }
}
