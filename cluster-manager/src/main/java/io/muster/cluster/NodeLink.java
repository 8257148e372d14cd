package io.muster.cluster;

import io.muster.agent.AgentClient;
import io.muster.bootstrap.AgentLink;

/**
 * A node with its agent, reached through SSH. Whoever opened it closes it.
 *
 * @param node name of the node
 */
public record NodeLink(String node, AgentLink link) implements AutoCloseable {
    /** The agent; owned by this link. */
    public AgentClient agent() {
        return link.agent();
    }

    @Override
    public void close() {
        link.close();
    }
}
