package io.muster.bootstrap;

import io.muster.agent.AgentClient;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.time.Duration;

/**
 * A manager's way to the agent of a node: an SSH session and a client that speaks through it. Thread-safe. Closing it
 * closes both; the agent and what it runs go on.
 */
public final class AgentLink implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration COMMAND = Duration.ofSeconds(30);

    private final SshSession session;
    private final AgentClient client;

    AgentLink(SshSession session, AgentClient client) {
        this.session = session;
        this.client = client;
    }

    /**
     * Logs in and makes sure that the agent answers, at the port where it was last or at the one that it has now.
     * Blocks.
     *
     * @param lastPort where the agent listened when the node became a member
     * @param deadline for SSH to let us in
     * @throws SshException when SSH does not
     * @throws IOException when no agent of the cluster answers there; bootstrap repairs that
     */
    public static AgentLink open(NodeTarget node, int lastPort, ClusterKeys keys, Duration deadline)
            throws IOException, InterruptedException {
        ClusterIdentity identity =
                ClusterIdentity.load(keys.tls().certificateFile(), keys.tls().keyFile());
        SshSession session = SshSession.open(node.ssh(), deadline);
        boolean done = false;
        try {
            AgentLink link = new AgentLink(session, reach(session, node, lastPort, identity));
            done = true;
            return link;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    /** The agent; owned by this link. */
    public AgentClient agent() {
        return client;
    }

    /** Whether the way is open as far as this side knows. */
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        client.close();
        session.close();
    }

    private static AgentClient reach(SshSession session, NodeTarget node, int lastPort, ClusterIdentity identity)
            throws IOException, InterruptedException {
        try {
            return answering(client(session, node, lastPort, identity));
        } catch (IOException moved) {
            int port = port(session);
            if (port == lastPort) {
                throw moved;
            }
            return answering(client(session, node, port, identity));
        }
    }

    private static AgentClient answering(AgentClient client) throws IOException {
        try {
            client.describe();
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** A client for an agent that nobody has spoken with yet. */
    static AgentClient client(SshSession session, NodeTarget node, int port, ClusterIdentity identity) {
        String where = "the agent of " + node.ssh();
        return AgentClient.through(session.dialer(node.privateAddress(), port), where, identity, ANSWER);
    }

    /** The port, as the agent wrote it down. */
    private static int port(SshSession session) throws IOException, InterruptedException {
        CommandResult result = session.run("cat .muster/node/agent/port", COMMAND);
        String text = result.stdout().strip();
        if (!text.matches("\\d{1,5}")) {
            throw new IOException(
                    session.target() + ": no agent runs there. Next step: muster up, which starts it again.");
        }
        return Integer.parseInt(text);
    }
}
