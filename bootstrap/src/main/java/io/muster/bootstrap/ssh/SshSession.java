package io.muster.bootstrap.ssh;

import static io.muster.bootstrap.ssh.SshException.Kind.LOST;
import static io.muster.bootstrap.ssh.SshException.Kind.TIMED_OUT;

import io.muster.wire.Dialer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * An authenticated SSH connection to one node, kept alive until it is closed. Safe for use by several threads; every
 * command and every connection has a channel of its own. All methods block; interrupting a caller ends what it runs.
 */
public final class SshSession implements AutoCloseable {
    /** Bytes of each output of a command that are kept; what exceeds it is read and dropped. */
    public static final int MAX_OUTPUT_BYTES = 1 << 20;

    private static final int KEEP_ALIVE_SECONDS = 15;

    private final SshTarget target;
    private final SSHClient client;
    private final Optional<JumpHosts.Use> jump;
    private final Thread keepAlive;

    private SshSession(SshTarget target, SshConnector.Connected connected) {
        this.target = target;
        this.client = connected.client();
        this.jump = connected.jump();
        // SSHJ would give it a thread of the operating system, of which a thousand sessions would have a thousand.
        KeepAlive beats = client.getConnection().getKeepAlive();
        beats.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        this.keepAlive = Thread.ofVirtual().name("ssh-alive-" + target.node()).start(beats);
    }

    /**
     * Waits until the node's SSH server lets us in. A refused connection, silence or a broken handshake is tried again
     * with growing pauses until the deadline; a wrong host key and a refused login end at once.
     */
    public static SshSession open(SshTarget target, Duration deadline) throws SshException, InterruptedException {
        return new SshSession(target, new SshConnector(target.login(), deadline).connect());
    }

    /**
     * The same for a machine of which not everything is known yet; {@link #target()} has the host key that it showed
     * and the login key that it took.
     *
     * @param node name of the node that it is
     */
    public static SshSession open(String node, SshLogin login, Duration deadline)
            throws SshException, InterruptedException {
        SshConnector.Connected connected = new SshConnector(login, deadline).connect();
        SshTarget target = new SshTarget(
                node,
                login.host(),
                login.port(),
                login.user(),
                connected.hostKey(),
                connected.identity(),
                connected.jump().map(use -> use.session().target()));
        return new SshSession(target, connected);
    }

    /** The node that this session leads to. */
    public SshTarget target() {
        return target;
    }

    /** Runs a command that reads nothing. Any exit code is a result; see {@link #stream}. */
    public CommandResult run(String command, Duration deadline) throws SshException, InterruptedException {
        return stream(command, StreamWriter.NOTHING, deadline);
    }

    /**
     * Runs a command and writes its standard input.
     *
     * @param command for the login shell of the user; visible to everybody on the node, so never a secret
     * @param stdin what the command reads; a command that ends before it has read all is no error
     * @throws SshException when the command does not end until the deadline, or the connection is lost
     */
    public CommandResult stream(String command, StreamWriter stdin, Duration deadline)
            throws SshException, InterruptedException {
        Session channel = startSession();
        FutureTask<CommandResult> exchange = new FutureTask<>(new CommandExchange(channel, command, stdin));
        Thread.ofVirtual().name("ssh-command-" + target.node()).start(exchange);
        try {
            return exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SshException(
                    TIMED_OUT,
                    target + ": '" + summary(command) + "' did not end in " + deadline.toMillis() / 1000.0
                            + " s. Next step: look at the node's load and disk, or give the step more time.",
                    e);
        } catch (ExecutionException e) {
            throw lost("'" + summary(command) + "' was cut off", Objects.requireNonNull(e.getCause()));
        } finally {
            // Closing waits for the peer, which may be the very thing that does not answer.
            Thread.ofVirtual().start(() -> closeQuietly(channel));
        }
    }

    /**
     * Starts a command that lines are exchanged with; the caller closes it.
     *
     * @param command for the login shell of the user; visible to everybody on the node, so never a secret
     */
    public RunningCommand start(String command) throws SshException {
        Session channel = startSession();
        try {
            return new RunningCommand(target, channel, channel.exec(command));
        } catch (IOException e) {
            closeQuietly(channel);
            throw lost("'" + summary(command) + "' did not start", e);
        }
    }

    /**
     * Makes connections to a TCP port as the node sees it, through this session and without a port on this machine.
     * Closing a connection closes its channel.
     *
     * @param host address as the node resolves it
     */
    public Dialer dialer(String host, int port) {
        return timeoutMs -> {
            try {
                return new ChannelSocket(client.newDirectConnection(host, port));
            } catch (IOException | IllegalStateException e) {
                throw new SshException(
                        LOST, target + ": no way through SSH to " + host + ":" + port + ": " + e.getMessage(), e);
            }
        };
    }

    /** A connection to another SSH server as the node reaches it. */
    DirectConnection tunnel(String host, int port, long timeoutMs) throws IOException, InterruptedException {
        FutureTask<DirectConnection> opening = new FutureTask<>(() -> client.newDirectConnection(host, port));
        Thread.ofVirtual().name("ssh-tunnel").start(opening);
        try {
            return opening.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer through the jump host in " + timeoutMs + " ms");
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IOException(target + " cannot reach it: " + cause.getMessage(), cause);
        }
    }

    /** Whether the connection was still up when last heard of. */
    public boolean isOpen() {
        return client.isConnected()
                && client.isAuthenticated()
                && client.getTransport().isRunning();
    }

    /** Ends the connection and everything that runs through it. Does nothing the second time. */
    @Override
    public void close() {
        keepAlive.interrupt();
        try {
            client.close();
        } catch (IOException | IndexOutOfBoundsException e) {
            // A connection that cannot say good-bye is closed all the same. Where the way goes through a jump host, the
            // library may write the good-bye into a packet that another thread is just sending.
        } finally {
            jump.ifPresent(JumpHosts.Use::close);
        }
    }

    private Session startSession() throws SshException {
        try {
            return client.startSession();
        } catch (IOException | IllegalStateException e) {
            throw lost("no channel for a command", e);
        }
    }

    private SshException lost(String what, Throwable cause) {
        return new SshException(
                LOST,
                target + ": " + what + ": " + cause.getMessage()
                        + ". Next step: run the same command again; it goes on where this one stopped.",
                cause);
    }

    private static String summary(String command) {
        String line = command.lines().findFirst().orElse("");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    private static void closeQuietly(Session channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The connection is gone, and the channel with it.
        }
    }
}
