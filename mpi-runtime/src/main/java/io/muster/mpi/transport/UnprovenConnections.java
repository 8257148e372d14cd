package io.muster.mpi.transport;

import java.io.Closeable;
import java.util.ArrayDeque;

/**
 * Connections that have not proved yet who they are, a limited number. Whoever comes when it is reached takes the place
 * of the one that has waited longest, so that silent strangers keep no rank out. Thread-safe.
 */
final class UnprovenConnections {
    private final int limit;
    private final ArrayDeque<Closeable> waiting = new ArrayDeque<>();

    UnprovenConnections(int limit) {
        this.limit = limit;
    }

    void add(Closeable connection) {
        Closeable oldest = null;
        synchronized (this) {
            waiting.addLast(connection);
            if (waiting.size() > limit) {
                oldest = waiting.removeFirst();
            }
        }
        if (oldest != null) {
            TcpTransport.closeQuietly(oldest);
        }
    }

    synchronized void remove(Closeable connection) {
        waiting.remove(connection);
    }
}
