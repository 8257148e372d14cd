package io.muster.bootstrap.master;

import io.muster.bootstrap.AgentLink;
import io.muster.wire.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The session to one node, made when it is needed first, and anew when it broke. Thread-safe. */
final class KeptNode implements AutoCloseable {
    private static final Duration STALE = Duration.ofSeconds(30);

    private final AgentPlace place;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable AgentLink link;
    private volatile boolean closed;
    private volatile long lastUseNanos = System.nanoTime();

    KeptNode(AgentPlace place) {
        this.place = place;
    }

    /** Opens a line to the agent; a session that does not bring one in half of the deadline is given up. */
    Line line(int lastPort, Duration deadline) throws IOException, InterruptedException {
        lastUseNanos = System.nanoTime();
        AgentLink kept = link;
        if (kept != null && kept.isOpen()) {
            try {
                return within(kept, deadline.dividedBy(2));
            } catch (IOException broken) {
                kept.close();
            }
        }
        return ensure(lastPort, deadline).line();
    }

    /** Logs in unless a session is open. */
    AgentLink ensure(int lastPort, Duration deadline) throws IOException, InterruptedException {
        opening.lockInterruptibly();
        try {
            AgentLink kept = link;
            if (kept != null && kept.isOpen()) {
                return kept;
            }
            AgentLink fresh = AgentLink.open(place.node(), place.address(), lastPort, place.loadIdentity(), deadline);
            link = fresh;
            if (closed) {
                fresh.close();
                throw new IOException(place.node() + ": its cluster has just been given up");
            }
            return fresh;
        } finally {
            opening.unlock();
        }
    }

    /** Whether there is no session, and nobody has wanted one lately. */
    boolean isStale() {
        AgentLink kept = link;
        boolean open = kept != null && kept.isOpen();
        return !open && !opening.isLocked() && System.nanoTime() - lastUseNanos > STALE.toNanos();
    }

    private Line within(AgentLink kept, Duration patience) throws IOException, InterruptedException {
        FutureTask<Line> opened = new FutureTask<>(kept::line);
        Thread.ofVirtual().name("line-" + place.node().node()).start(opened);
        try {
            return opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the session is silent", e);
        } catch (ExecutionException e) {
            throw new IOException("the session is broken", e.getCause());
        }
    }

    @Override
    public void close() {
        closed = true;
        AgentLink kept = link;
        if (kept != null) {
            kept.close();
        }
    }
}
