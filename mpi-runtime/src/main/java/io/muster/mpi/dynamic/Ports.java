package io.muster.mpi.dynamic;

import io.muster.launch.RandomBytes;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.transport.JobProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ports that this process has open, and the way to those of others. Thread-safe. */
public final class Ports {
    /** Longest name of a port, in characters. */
    public static final int MAX_NAME = 256;

    private static final String PROOF = "port";
    private static final int ACCEPTOR = 0;
    private static final int CONNECTOR = 1;
    private static final int BACKLOG = 64;
    private static final int PROOF_TIMEOUT_MS = 30_000;
    private static final int CONNECT_TIMEOUT_MS = 30_000;

    /** How long the other side may take to call accept. */
    private static final int ACCEPT_TIMEOUT_MS = 600_000;

    private static final Map<String, ServerSocket> OPEN = new ConcurrentHashMap<>();

    private Ports() {}

    /** Listens on {@code address}, at a port that is free; returns the name of the port. */
    public static String open(String address) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByName(address), 0), BACKLOG);
        String name = new PortName(address, server.getLocalPort(), RandomBytes.of(PortName.KEY_BYTES)).text();
        OPEN.put(name, server);
        return name;
    }

    /** Closes the port; an accept that waits there fails. */
    public static void close(String name) throws IOException {
        ServerSocket server = OPEN.remove(name.trim());
        if (server == null) {
            throw notOpen(name);
        }
        server.close();
    }

    /** Blocks until somebody who knows the name has come; strangers are sent away. */
    public static LeaderLine accept(String name) throws IOException {
        ServerSocket server = OPEN.get(name.trim());
        PortName port = PortName.parse(name);
        if (server == null) {
            throw notOpen(name);
        }
        JobProof proof = new JobProof(port.key(), PROOF);
        while (true) {
            Socket socket = server.accept();
            LeaderLine line = new LeaderLine(socket, port.key());
            try {
                socket.setSoTimeout(PROOF_TIMEOUT_MS);
                if (proof.accept(ACCEPTOR, line.in(), line.out()) == CONNECTOR) {
                    socket.setSoTimeout(0);
                    return line;
                }
                line.close();
            } catch (IOException e) {
                // A stranger, or one who went away: the next may be the right one.
                line.close();
            }
        }
    }

    /** Blocks until whoever has opened the port accepts, for ten minutes at most. */
    public static LeaderLine connect(String name) throws IOException {
        PortName port = PortName.parse(name);
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(port.host(), port.port()), CONNECT_TIMEOUT_MS);
            socket.setSoTimeout(ACCEPT_TIMEOUT_MS);
            LeaderLine line = new LeaderLine(socket, port.key());
            new JobProof(port.key(), PROOF).connect(CONNECTOR, ACCEPTOR, line.in(), line.out());
            socket.setSoTimeout(0);
            return line;
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "nobody accepts at " + port.place() + ": " + e.getMessage()
                            + "; check that the port is still open and that its owner calls accept",
                    e);
        }
    }

    private static Failure notOpen(String name) {
        return new Failure(
                ErrorClass.PORT,
                "this process has no port '" + name + "' open; the rank that called openPort has to use it");
    }
}
