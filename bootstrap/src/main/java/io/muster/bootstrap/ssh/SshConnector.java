package io.muster.bootstrap.ssh;

import static io.muster.bootstrap.ssh.SshException.Kind.KEY_REFUSED;
import static io.muster.bootstrap.ssh.SshException.Kind.LOST;
import static io.muster.bootstrap.ssh.SshException.Kind.UNREACHABLE;
import static io.muster.bootstrap.ssh.SshException.Kind.WRONG_HOST_KEY;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;

/** Tries until a node lets us in: what may pass is tried again with growing pauses, what may not ends at once. */
final class SshConnector {
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 2_000;
    private static final long ATTEMPT_MS = 15_000;
    private static final int CHANNEL_TIMEOUT_MS = 60_000;
    /**
     * Handshakes at the same time: they are work for the processor, and a thousand at once would all be too late. Only
     * a server that has said something counts, so a dead node keeps nobody waiting.
     */
    private static final Semaphore HANDSHAKES =
            new Semaphore(8 * Runtime.getRuntime().availableProcessors());

    private final SshLogin login;
    private final long deadlineMs;
    private final long startNanos = System.nanoTime();

    SshConnector(SshLogin login, Duration deadline) {
        this.login = login;
        this.deadlineMs = deadline.toMillis();
    }

    /** A connection that lets us in, with what it took. Whoever gets it closes client and jump. */
    record Connected(SSHClient client, String hostKey, Path identity, Optional<JumpHosts.Use> jump) {}

    Connected connect() throws SshException, InterruptedException {
        List<Path> readable =
                login.identities().stream().filter(Files::isReadable).distinct().toList();
        if (readable.isEmpty()) {
            throw new SshException(
                    KEY_REFUSED,
                    login + ": cannot read the login key " + names(login.identities())
                            + ". Next step: check that the file exists and belongs to you.");
        }
        long pauseMs = FIRST_PAUSE_MS;
        for (int tries = 1; ; tries++) {
            try {
                return attempt(readable, Math.max(1, Math.min(ATTEMPT_MS, deadlineMs - elapsedMs())));
            } catch (SshException fatal) {
                throw fatal;
            } catch (IOException passing) {
                if (wasInterrupted(passing)) {
                    throw new InterruptedException(login + ": interrupted while waiting for SSH");
                }
                if (elapsedMs() + pauseMs >= deadlineMs) {
                    throw unreachable(tries, passing);
                }
            }
            Thread.sleep(pauseMs);
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        }
    }

    private Connected attempt(List<Path> identities, long timeoutMs) throws IOException, InterruptedException {
        CheckedHostKey checked = new CheckedHostKey(login);
        SSHClient client = new SSHClient(new SshAlgorithms());
        HandshakeSlot slot = new HandshakeSlot(HANDSHAKES, (int) timeoutMs);
        client.setSocketFactory(slot);
        Optional<JumpHosts.Use> jump = Optional.empty();
        boolean done = false;
        try (slot) {
            client.setConnectTimeout((int) timeoutMs);
            client.setTimeout((int) timeoutMs);
            client.getTransport().setTimeoutMs((int) timeoutMs);
            client.getConnection().setTimeoutMs(CHANNEL_TIMEOUT_MS);
            client.addHostKeyVerifier(checked);
            if (login.jump().isPresent()) {
                Duration left = Duration.ofMillis(Math.max(1, deadlineMs - elapsedMs()));
                jump = Optional.of(JumpHosts.use(login.jump().get(), left));
                client.connectVia(jump.get().session().tunnel(login.host(), login.port(), timeoutMs));
            } else {
                client.connect(login.host(), login.port());
            }
            Path identity = authenticate(client, identities);
            String hostKey = Objects.requireNonNull(checked.accepted(), "a handshake verifies the host key");
            done = true;
            return new Connected(client, hostKey, identity, jump);
        } catch (TransportException e) {
            throw checked.refused() == null && e.getDisconnectReason() != DisconnectReason.HOST_KEY_NOT_VERIFIABLE
                    ? transport(e)
                    : wrongHostKey(checked, e);
        } catch (UserAuthException e) {
            throw isAboutTransport(e) ? new IOException(e.getMessage(), e) : keyRefused(identities, e);
        } finally {
            if (!done) {
                closeQuietly(client);
                jump.ifPresent(JumpHosts.Use::close);
            }
        }
    }

    /** The first key that the server takes. A file that holds no key we can use counts as one that it refused. */
    private Path authenticate(SSHClient client, List<Path> identities) throws UserAuthException, TransportException {
        StringJoiner refusals = new StringJoiner("; ");
        for (Path identity : identities) {
            try {
                client.authPublickey(login.user(), client.loadKeys(identity.toString()));
                return identity;
            } catch (UserAuthException e) {
                if (isAboutTransport(e)) {
                    throw e;
                }
                refusals.add(identities.size() == 1 ? e.getMessage() : identity.getFileName() + ": " + e.getMessage());
            } catch (TransportException e) {
                throw e;
            } catch (IOException e) {
                refusals.add(identity + " cannot be read: " + e.getMessage());
            }
        }
        throw new UserAuthException(refusals.toString());
    }

    private IOException transport(TransportException e) {
        boolean ours = e.getDisconnectReason() == DisconnectReason.KEY_EXCHANGE_FAILED;
        return ours
                ? new SshException(
                        LOST,
                        login + ": no SSH algorithm in common: " + e.getMessage()
                                + ". Next step: allow curve25519-sha256, aes128-gcm@openssh.com and ssh-ed25519 there.",
                        e)
                : e;
    }

    private SshException wrongHostKey(CheckedHostKey checked, Exception cause) {
        String seen = checked.refused() == null ? "no key of the type that is known" : checked.refused();
        return new SshException(
                WRONG_HOST_KEY,
                login + ": the host key is not the pinned one (seen " + seen + ", " + checked.expected()
                        + "). Somebody else may be answering, or the node was installed again. Next step: if you know"
                        + " why the key changed, destroy the node and run muster up again; otherwise do not connect.",
                cause);
    }

    private SshException keyRefused(List<Path> identities, UserAuthException cause) {
        return new SshException(
                KEY_REFUSED,
                login + ": login as " + login.user() + " with key " + names(identities) + " was refused ("
                        + cause.getMessage() + "). Next step: put " + identities.getFirst()
                        + ".pub into ~/.ssh/authorized_keys of " + login.user()
                        + " there, or name another user or key.",
                cause);
    }

    private static String names(List<Path> identities) {
        return identities.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private SshException unreachable(int tries, IOException last) {
        Throwable root = last;
        for (Throwable cause = last; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String how = switch (root) {
            case ConnectException refused -> "refused";
            case SocketTimeoutException silent -> "did not answer";
            case NoRouteToHostException route -> "has no route";
            case UnknownHostException unknown -> "has no known address";
            default -> "failed (" + last.getMessage() + ")";
        };
        return new SshException(
                UNREACHABLE,
                login + ": SSH " + how + " after " + tries + (tries == 1 ? " try in " : " tries in ")
                        + Math.round(elapsedMs() / 1000.0) + " s. Next step: check that the node runs, and that port "
                        + login.port() + " of it is open to this machine.",
                last);
    }

    private long elapsedMs() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    private static boolean isAboutTransport(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException || cause instanceof java.util.concurrent.TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static boolean wasInterrupted(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    private static void closeQuietly(SSHClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // The attempt has failed already; what it failed with is what the caller needs.
        }
    }
}
