package io.muster.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Opens lines to another party of the cluster. */
public final class SecureLines {
    private SecureLines() {}

    /**
     * Connects, proves to be of the cluster, makes sure that the other side is too, and asks for a service. Blocks at
     * most for {@code timeout} at each of these.
     *
     * @throws IOException when any of it fails; the message names address and cause
     */
    public static Line connect(String host, int port, ClusterIdentity identity, String service, Duration timeout)
            throws IOException {
        return connect(Dialer.tcp(host, port), host + ":" + port, identity, service, timeout);
    }

    /**
     * As above, over a socket that {@code dialer} makes.
     *
     * @param where the other side, for messages
     */
    public static Line connect(Dialer dialer, String where, ClusterIdentity identity, String service, Duration timeout)
            throws IOException {
        int timeoutMs = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        Socket carrier = dial(dialer, where, timeoutMs);
        try {
            carrier.setSoTimeout(timeoutMs);
            SSLSocket socket = identity.client(carrier);
            socket.startHandshake();
            Line line = new Line(socket, carrier);
            Preface.open(line, service, timeout);
            return line;
        } catch (SSLException | SocketTimeoutException | EOFException e) {
            if (timedOut(e)) {
                String message = where + " did not answer within " + timeout.toMillis() + " ms";
                throw closing(carrier, new IOException(message, e));
            }
            String message = where + " and this side do not trust each other (" + e.getMessage()
                    + "); is it an agent of this cluster?";
            throw closing(carrier, new IOException(message, e));
        } catch (IOException e) {
            throw closing(carrier, new IOException("connecting to " + where + " failed: " + e.getMessage(), e));
        }
    }

    /** Also inside TLS, whose exception then says only that the handshake failed. */
    private static boolean timedOut(Throwable failure) {
        return failure instanceof InterruptedIOException
                || (failure.getCause() != null && timedOut(failure.getCause()));
    }

    private static Socket dial(Dialer dialer, String where, int timeoutMs) throws IOException {
        try {
            return dialer.dial(timeoutMs);
        } catch (ConnectException e) {
            throw new IOException(where + " refused the connection; does the agent run?", e);
        } catch (SocketTimeoutException e) {
            throw new IOException(where + " did not answer within " + timeoutMs + " ms", e);
        } catch (IOException e) {
            throw new IOException("connecting to " + where + " failed: " + e.getMessage(), e);
        }
    }

    private static IOException closing(Socket carrier, IOException failure) {
        try {
            carrier.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
