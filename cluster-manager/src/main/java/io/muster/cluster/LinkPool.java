package io.muster.cluster;

import io.muster.bootstrap.AgentLink;
import io.muster.bootstrap.NodeTarget;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.master.AgentPlace;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections to nodes that stay open between the calls of one manager, since logging in costs more than most calls.
 * They go through the sessions of the user's connection master where there is one; where there is none, this manager
 * logs in itself, and leaves a master behind for the next. A connection is tried before it is given out again.
 * Thread-safe.
 */
public final class LinkPool implements AutoCloseable {
    private final Map<AgentPlace, NodeLink> open = new ConcurrentHashMap<>();
    private final Map<AgentPlace, Integer> ownLogins = new ConcurrentHashMap<>();
    private final Optional<MasterProcess> master;

    /**
     * @param master keeps connections longer than this manager lives; empty for none
     */
    public LinkPool(Optional<MasterProcess> master) {
        this.master = master;
    }

    /** The open connection to a node's agent, if it still answers, else a new one. */
    NodeLink open(NodeTarget node, int lastPort, ClusterKeys keys, Duration deadline)
            throws IOException, InterruptedException {
        AgentPlace place = place(node, keys);
        NodeLink kept = open.get(place);
        if (kept != null) {
            if (answers(kept)) {
                return kept;
            }
            kept.discard();
        }
        AgentLink fresh = connect(place, node, lastPort, deadline);
        NodeLink link = new NodeLink(node.name(), fresh, () -> open.remove(place));
        NodeLink other = open.putIfAbsent(place, link);
        if (other == null) {
            return link;
        }
        fresh.close();
        return other;
    }

    /** Has the agent of a node run again, if it does not, and keeps the connection to it. */
    void revive(NodeTarget node, ClusterKeys keys, Duration deadline) throws IOException, InterruptedException {
        ClusterIdentity identity = ClusterIdentity.load(keys.folder());
        AgentPlace place = place(node, keys);
        put(place, node, AgentLink.revive(node.ssh(), node.privateAddress(), identity, deadline));
    }

    private AgentLink connect(AgentPlace place, NodeTarget node, int lastPort, Duration deadline)
            throws IOException, InterruptedException {
        if (master.isPresent()) {
            Optional<AgentLink> link = master.get().client().link(place, lastPort, deadline);
            if (link.isPresent()) {
                return link.get();
            }
        }
        ClusterIdentity identity = ClusterIdentity.load(Path.of(place.identity()));
        AgentLink own = AgentLink.open(node.ssh(), node.privateAddress(), lastPort, identity, deadline);
        ownLogins.put(place, lastPort);
        return own;
    }

    /** Takes over a connection, for the next one who needs the node. */
    void keep(NodeTarget node, int port, ClusterKeys keys, AgentLink fresh) {
        AgentPlace place = place(node, keys);
        ownLogins.put(place, port);
        put(place, node, fresh);
    }

    private void put(AgentPlace place, NodeTarget node, AgentLink fresh) {
        NodeLink old = open.put(place, new NodeLink(node.name(), fresh, () -> open.remove(place)));
        if (old != null) {
            old.link().close();
        }
    }

    /** Ends what is kept of a cluster that is gone. */
    void forget(Path keys) {
        open.entrySet().removeIf(entry -> {
            boolean of = entry.getKey().identity().equals(keys.toString());
            if (of) {
                entry.getValue().link().close();
            }
            return of;
        });
        ownLogins.keySet().removeIf(place -> place.identity().equals(keys.toString()));
        master.ifPresent(there -> there.forget(keys));
    }

    private static AgentPlace place(NodeTarget node, ClusterKeys keys) {
        return AgentPlace.of(node.ssh(), node.privateAddress(), keys.folder());
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
        master.ifPresent(there -> there.startFor(ownLogins));
    }
}
