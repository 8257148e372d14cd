package io.muster.bootstrap;

import io.muster.agent.AgentClient;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.bootstrap.ssh.SshTarget;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.Line;
import io.muster.wire.LineOpener;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A manager's way to the agent of a node: an SSH session, its own or one that another process keeps, and a client that
 * speaks through it. Thread-safe. Closing it closes both; the agent and what it runs go on.
 */
public final class AgentLink implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration COMMAND = Duration.ofSeconds(30);

    private final Optional<SshSession> session;
    private final LineOpener lines;
    private final AgentClient client;

    private AgentLink(Optional<SshSession> session, LineOpener lines, AgentClient client) {
        this.session = session;
        this.lines = lines;
        this.client = client;
    }

    /**
     * Logs in and makes sure that the agent answers, at the port where it was last or at the one that it has now.
     * Blocks.
     *
     * @param address the node's address as it is known inside the cluster; its agent listens there
     * @param lastPort where the agent listened when the node became a member
     * @param deadline for SSH to let us in
     * @throws SshException when SSH does not
     * @throws IOException when no agent of the cluster answers there; bootstrap repairs that
     */
    public static AgentLink open(
            SshTarget node, String address, int lastPort, ClusterIdentity identity, Duration deadline)
            throws IOException, InterruptedException {
        SshSession session = SshSession.open(node, deadline);
        boolean done = false;
        try {
            AgentLink link = reach(session, address, lastPort, identity);
            done = true;
            return link;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    /**
     * Logs in and has the agent that ran there last run again, after {@link #open} has found none that answers. What it
     * was told of its neighbours is lost; what its jobs left is there. Blocks.
     *
     * @param address the node's address as it is known inside the cluster
     * @param deadline for SSH to let us in
     * @throws IOException when the agent cannot be started, or runs and does not answer
     */
    public static AgentLink revive(SshTarget node, String address, ClusterIdentity identity, Duration deadline)
            throws IOException, InterruptedException {
        SshSession session = SshSession.open(node, deadline);
        boolean done = false;
        try {
            String seconds = Long.toString(START.toSeconds());
            CommandResult result = session.run(AgentStep.AGENT.command("-", "again", seconds), START.multipliedBy(2));
            String[] words = result.stdout().strip().split(" ");
            if (!result.succeeded() || words.length != 3) {
                throw new IOException(
                        node + ": its agent cannot be started again: " + (result.stdout() + result.stderr()).strip());
            }
            if (words[0].equals("running")) {
                throw new IOException(node + ": its agent runs, pid " + words[1] + ", and does not answer");
            }
            AgentLink link = answering(through(session, address, Integer.parseInt(words[2]), identity));
            done = true;
            return link;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    /** A link over lines that somebody else opens; whether the agent answers is not known yet. */
    public static AgentLink over(LineOpener lines) {
        return new AgentLink(Optional.empty(), lines, AgentClient.over(lines));
    }

    /** A link through a session, which it takes over, to an agent that nobody has spoken with yet. */
    static AgentLink through(SshSession session, String address, int port, ClusterIdentity identity) {
        String where = "the agent of " + session.target();
        LineOpener lines = AgentClient.lines(session.dialer(address, port), where, identity, ANSWER);
        return new AgentLink(Optional.of(session), lines, AgentClient.through(lines));
    }

    /** The agent; owned by this link. */
    public AgentClient agent() {
        return client;
    }

    /** A line to the agent beside those of {@link #agent()}; the caller owns it. Blocks until the agent answers. */
    public Line line() throws IOException {
        return lines.open();
    }

    /** Whether the way is open as far as this side knows. */
    public boolean isOpen() {
        return session.map(SshSession::isOpen).orElse(true);
    }

    @Override
    public void close() {
        client.close();
        session.ifPresent(SshSession::close);
    }

    private static AgentLink reach(SshSession session, String address, int lastPort, ClusterIdentity identity)
            throws IOException, InterruptedException {
        try {
            return answering(through(session, address, lastPort, identity));
        } catch (IOException moved) {
            int port = port(session);
            if (port == lastPort) {
                throw moved;
            }
            return answering(through(session, address, port, identity));
        }
    }

    /** One whose agent does not answer keeps its session, for the next try. */
    private static AgentLink answering(AgentLink link) throws IOException {
        try {
            link.client.describe();
            return link;
        } catch (IOException e) {
            link.client.close();
            throw e;
        }
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
