package io.muster.bootstrap.master;

import io.muster.bootstrap.ssh.SshTarget;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An agent, the way to it and the identity that it accepts.
 *
 * @param way SSH servers to go through, the node's own last
 * @param address where the agent listens, as the node's neighbours reach it
 * @param identity folder with the certificate and key of the cluster
 */
public record AgentPlace(List<Hop> way, String address, String identity) {
    public AgentPlace {
        way = List.copyOf(way);
        if (way.isEmpty()) {
            throw new IllegalArgumentException("no way leads to an agent at " + address);
        }
    }

    /**
     * The agent of a node.
     *
     * @param identity folder with the certificate and key of the cluster
     */
    public static AgentPlace of(SshTarget node, String address, Path identity) {
        return new AgentPlace(Hop.way(node), address, identity.toString());
    }

    /** The node's SSH server. */
    SshTarget node() {
        return Hop.target(way);
    }

    ClusterIdentity loadIdentity() throws IOException {
        return ClusterIdentity.load(Path.of(identity));
    }

    /** Whether the cluster may still be there: its key goes with it. */
    public boolean isWanted() {
        return Files.exists(Path.of(identity, ClusterIdentity.KEY_FILE));
    }
}
