package io.muster.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** Accepts lines from other parties of the cluster, each in a virtual thread of its own; strangers get nothing. */
public final class SecureListener implements AutoCloseable {
    private static final int MAX_LINES = 1024;
    private static final int MAX_STRANGERS = 64;
    private static final Duration HANDSHAKE_DEADLINE = Duration.ofSeconds(30);

    /** What happens on an accepted line. The line is closed when it returns. */
    @FunctionalInterface
    public interface Service {
        /** Serves one line until its end. */
        void serve(Line line) throws IOException;
    }

    private final ServerSocket server;
    private final ClusterIdentity identity;
    private final Map<String, Service> services;
    private final Consumer<String> log;
    private final Semaphore lines = new Semaphore(MAX_LINES);
    private final Strangers strangers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SecureListener(
            ServerSocket server,
            ClusterIdentity identity,
            Map<String, Service> services,
            Consumer<String> log,
            Duration handshake) {
        this.strangers = new Strangers(MAX_STRANGERS, handshake);
        this.server = server;
        this.identity = identity;
        this.services = services;
        this.log = log;
    }

    /**
     * Binds and begins to accept.
     *
     * @param port 0 for any
     * @param services what is served, by the name that the other side asks for
     * @param log gets a sentence for each line that failed
     */
    public static SecureListener listen(
            String host, int port, ClusterIdentity identity, Map<String, Service> services, Consumer<String> log)
            throws IOException {
        return listen(host, port, identity, services, log, HANDSHAKE_DEADLINE);
    }

    /** @param handshake how long a stranger may take in all to prove who it is */
    static SecureListener listen(
            String host,
            int port,
            ClusterIdentity identity,
            Map<String, Service> services,
            Consumer<String> log,
            Duration handshake)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(host, port), MAX_STRANGERS);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
        SecureListener listener = new SecureListener(server, identity, Map.copyOf(services), log, handshake);
        Thread.ofPlatform().name("listener").daemon().start(listener::acceptAll);
        return listener;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket carrier = server.accept();
                strangers.enter(carrier);
                Thread.ofVirtual().name("line").start(() -> handle(carrier));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    log.accept("accepting a connection failed: " + e.getMessage());
                }
            }
        }
    }

    private void handle(Socket carrier) {
        open.add(carrier);
        boolean counted = false;
        try (carrier) {
            carrier.setSoTimeout((int) HANDSHAKE_DEADLINE.toMillis());
            SSLSocket socket = identity.server(carrier);
            socket.startHandshake();
            try (Line line = new Line(socket, carrier)) {
                String name = Preface.service(line, HANDSHAKE_DEADLINE);
                if (!strangers.leave(carrier)) {
                    throw new IOException("it took too long to prove who it is");
                }
                counted = lines.tryAcquire();
                serve(line, name, counted);
            }
        } catch (IOException e) {
            log.accept("line from " + carrier.getRemoteSocketAddress() + ": " + e.getMessage());
        } finally {
            open.remove(carrier);
            boolean _ = strangers.leave(carrier);
            if (counted) {
                lines.release();
            }
        }
    }

    private void serve(Line line, String name, boolean room) throws IOException {
        Service service = services.get(name);
        if (!room) {
            Preface.refuse(line, "there are " + MAX_LINES + " conversations already; try again later");
        } else if (service == null) {
            Preface.refuse(line, "nothing here is called '" + name + "'");
        } else {
            Preface.accept(line);
            service.serve(line);
        }
    }

    /** Stops accepting and cuts every line. */
    @Override
    public void close() {
        try {
            server.close();
            strangers.close();
            for (Socket carrier : open) {
                carrier.close();
            }
        } catch (IOException e) {
            log.accept("closing the listener failed: " + e.getMessage());
        }
    }
}
