package io.muster.cluster;

import io.muster.agent.AgentClient;
import io.muster.bootstrap.AgentLink;

/**
 * A node with its agent, reached through SSH. Closing it gives it back to the pool that it came from, which keeps it
 * open for the next one.
 *
 * @param node name of the node
 */
public record NodeLink(String node, AgentLink link, Runnable onDiscard) implements AutoCloseable {
    /** The agent; owned by this link. */
    public AgentClient agent() {
        return link.agent();
    }

    /** Ends the connection with all calls under way; whoever needs the node next connects again. */
    public void discard() {
        onDiscard.run();
        link.close();
    }

    @Override
    public void close() {}
}
