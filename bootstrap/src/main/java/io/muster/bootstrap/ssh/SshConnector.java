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
import java.time.Duration;
import java.util.concurrent.Semaphore;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

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

    private final SshTarget target;
    private final long deadlineMs;
    private final long startNanos = System.nanoTime();

    SshConnector(SshTarget target, Duration deadline) {
        this.target = target;
        this.deadlineMs = deadline.toMillis();
    }

    SSHClient connect() throws SshException, InterruptedException {
        if (!Files.isReadable(target.identity())) {
            throw new SshException(
                    KEY_REFUSED,
                    target + ": cannot read the login key " + target.identity()
                            + ". Next step: check that the file exists and belongs to you.");
        }
        long pauseMs = FIRST_PAUSE_MS;
        for (int tries = 1; ; tries++) {
            try {
                return attempt(Math.max(1, Math.min(ATTEMPT_MS, deadlineMs - elapsedMs())));
            } catch (SshException fatal) {
                throw fatal;
            } catch (IOException passing) {
                if (wasInterrupted(passing)) {
                    throw new InterruptedException(target + ": interrupted while waiting for SSH");
                }
                if (elapsedMs() + pauseMs >= deadlineMs) {
                    throw unreachable(tries, passing);
                }
            }
            Thread.sleep(pauseMs);
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        }
    }

    private SSHClient attempt(long timeoutMs) throws IOException {
        PinnedHostKey pinned = new PinnedHostKey(target);
        SSHClient client = new SSHClient(new SshAlgorithms());
        Turn turn = new Turn(HANDSHAKES, (int) timeoutMs);
        client.setSocketFactory(turn);
        boolean done = false;
        try (turn) {
            client.setConnectTimeout((int) timeoutMs);
            client.setTimeout((int) timeoutMs);
            client.getTransport().setTimeoutMs((int) timeoutMs);
            client.getConnection().setTimeoutMs(CHANNEL_TIMEOUT_MS);
            client.addHostKeyVerifier(pinned);
            client.connect(target.host(), target.port());
            KeyProvider key = client.loadKeys(target.identity().toString());
            client.authPublickey(target.user(), key);
            done = true;
            return client;
        } catch (TransportException e) {
            throw pinned.refused() == null && e.getDisconnectReason() != DisconnectReason.HOST_KEY_NOT_VERIFIABLE
                    ? transport(e)
                    : wrongHostKey(pinned, e);
        } catch (UserAuthException e) {
            throw isAboutTransport(e) ? new IOException(e.getMessage(), e) : keyRefused(e);
        } finally {
            if (!done) {
                closeQuietly(client);
            }
        }
    }

    private IOException transport(TransportException e) {
        boolean ours = e.getDisconnectReason() == DisconnectReason.KEY_EXCHANGE_FAILED;
        return ours
                ? new SshException(
                        LOST,
                        target + ": no SSH algorithm in common: " + e.getMessage()
                                + ". Next step: allow curve25519-sha256, aes128-gcm@openssh.com and ssh-ed25519 there.",
                        e)
                : e;
    }

    private SshException wrongHostKey(PinnedHostKey pinned, Exception cause) {
        String seen = pinned.refused() == null ? "no key of type " + target.hostKeyType() : pinned.refused();
        return new SshException(
                WRONG_HOST_KEY,
                target + ": the host key is not the pinned one (seen " + seen + ", pinned " + target.hostKey()
                        + "). Somebody else may be answering, or the node was installed again. Next step: if you know"
                        + " why the key changed, destroy the node and run muster up again; otherwise do not connect.",
                cause);
    }

    private SshException keyRefused(UserAuthException cause) {
        return new SshException(
                KEY_REFUSED,
                target + ": login as " + target.user() + " with key " + target.identity() + " was refused ("
                        + cause.getMessage() + "). Next step: put " + target.identity()
                        + ".pub into ~/.ssh/authorized_keys of " + target.user() + " there, or set ssh.user.",
                cause);
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
                target + ": SSH " + how + " after " + tries + (tries == 1 ? " try in " : " tries in ")
                        + Math.round(elapsedMs() / 1000.0) + " s. Next step: check that the node runs, and that port "
                        + target.port() + " of it is open to this machine.",
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
