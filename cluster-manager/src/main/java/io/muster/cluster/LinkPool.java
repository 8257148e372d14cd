package io.muster.cluster;

import io.muster.bootstrap.AgentLink;
import io.muster.bootstrap.NodeTarget;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections to nodes that stay open between the calls of one manager, since logging in costs more than most calls. A
 * connection is tried before it is given out again. Thread-safe.
 */
public final class LinkPool implements AutoCloseable {
    private final Map<String, NodeLink> open = new ConcurrentHashMap<>();

    /** Makes a new connection. */
    @FunctionalInterface
    interface Opener {
        AgentLink open() throws IOException, InterruptedException;
    }

    /** The open connection for {@code key}, if it still answers, else a new one. */
    NodeLink open(String key, String node, Opener opener) throws IOException, InterruptedException {
        NodeLink kept = open.get(key);
        if (kept != null) {
            if (answers(kept)) {
                return kept;
            }
            kept.discard();
        }
        AgentLink fresh = opener.open();
        NodeLink link = new NodeLink(node, fresh, () -> open.remove(key));
        NodeLink other = open.putIfAbsent(key, link);
        if (other == null) {
            return link;
        }
        fresh.close();
        return other;
    }

    /** Takes over a connection, for the next one who needs the node. */
    void keep(NodeTarget node, AgentLink fresh) {
        String key = node.ssh().toString();
        NodeLink old = open.put(key, new NodeLink(node.name(), fresh, () -> open.remove(key)));
        if (old != null) {
            old.link().close();
        }
    }

    private static boolean answers(NodeLink link) {
        if (!link.link().isOpen()) {
            return false;
        }
        try {
            link.agent().describe();
            return true;
        } catch (IOException e) {
            // The agent was restarted, or the connection broke: a new one finds out which.
            return false;
        }
    }

    @Override
    public void close() {
        open.values().forEach(NodeLink::discard);
    }
}
