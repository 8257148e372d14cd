package io.muster.mpi.transport;

import io.muster.wireup.RankAddress;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * The way to ranks on other nodes: one TCP connection a pair, opened at the start by the higher rank. Whoever connects
 * must prove that it knows the job secret; strangers are refused, then and later, and disturb nobody.
 */
public final class TcpTransport implements Transport {
    private static final int PROOF_TIMEOUT_MS = 30_000;
    private static final long CONNECT_TIMEOUT_MS = 60_000;
    private static final int LEAST_UNPROVEN = 64;
    private static final int TRIES = 5;
    private static final long FIRST_PAUSE_MS = 50;

    private final int rank;
    private final JobProof proof;
    private final ServerSocketChannel server;
    private final Doorbell doorbell;
    private final Map<Integer, Link> links = new HashMap<>();
    private final BlockingQueue<Proven> proven = new LinkedBlockingQueue<>();
    private final UnprovenConnections unproven;
    private TcpLink[] connected = {};

    private TcpTransport(int rank, int maxUnproven, JobProof proof, ServerSocketChannel server, Doorbell doorbell) {
        this.rank = rank;
        this.unproven = new UnprovenConnections(maxUnproven);
        this.proof = proof;
        this.server = server;
        this.doorbell = doorbell;
    }

    /** Listens on {@code address} only, on a port that is free; {@code doorbell} is where the rank sleeps. */
    public static TcpTransport listen(
            int rank, int size, String jobId, String address, byte[] secret, Doorbell doorbell) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        // All ranks may come at once, beside strangers.
        int maxUnproven = Math.max(LEAST_UNPROVEN, 2 * size);
        server.bind(new InetSocketAddress(address, 0), maxUnproven);
        TcpTransport transport = new TcpTransport(rank, maxUnproven, new JobProof(secret, jobId), server, doorbell);
        Thread.ofPlatform().daemon().name("mpi-accept-" + rank).start(transport::acceptAll);
        return transport;
    }

    /** The port that it listens on. */
    public int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Opens the connections to {@code peers}; blocks until all are there. */
    public void connect(List<RankAddress> peers) throws IOException {
        connect(peers, peer -> peer);
    }

    /** The same to peers that the engine knows under the numbers that {@code numberOf} gives for their ranks. */
    public void connect(List<RankAddress> peers, IntUnaryOperator numberOf) throws IOException {
        Set<Integer> awaited = new HashSet<>();
        for (RankAddress peer : peers) {
            if (peer.rank() < rank) {
                add(numberOf.applyAsInt(peer.rank()), open(peer));
            } else {
                awaited.add(peer.rank());
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_TIMEOUT_MS);
        while (!awaited.isEmpty()) {
            Proven next = nextProven(deadline, awaited.size());
            if (awaited.remove(next.peer)) {
                add(numberOf.applyAsInt(next.peer), next.channel);
            } else {
                next.channel.close();
            }
        }
        connected = links.values().stream().map(TcpLink.class::cast).toArray(TcpLink[]::new);
    }

    /** Lets nobody in any more. */
    public void closeDoor() {
        closeQuietly(server);
    }

    private Proven nextProven(long deadline, int awaited) throws IOException {
        try {
            Proven next = proven.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IOException("rank " + rank + ": " + awaited + " ranks did not connect to "
                        + server.getLocalAddress() + " in " + CONNECT_TIMEOUT_MS / 1000
                        + " s; open the ports between the nodes of the job");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ranks connect", e);
        }
    }

    /** Tries again for a while: the other end drops whom it takes for a stranger when many come at once. */
    private SocketChannel open(RankAddress peer) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return openOnce(peer);
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
                pause(FIRST_PAUSE_MS << tries);
            }
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ranks connect", e);
        }
    }

    private SocketChannel openOnce(RankAddress peer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(peer.host(), peer.port()), (int) CONNECT_TIMEOUT_MS);
            channel.socket().setSoTimeout(PROOF_TIMEOUT_MS);
            proof.connect(
                    rank,
                    peer.rank(),
                    new DataInputStream(channel.socket().getInputStream()),
                    new DataOutputStream(channel.socket().getOutputStream()));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "rank " + rank + " cannot connect to rank " + peer.rank() + " at " + peer.host() + ":" + peer.port()
                            + ": " + e.getMessage(),
                    e);
        }
    }

    private void add(int peer, SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        links.put(peer, new TcpLink(peer, channel, doorbell.watch(channel)));
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                unproven.add(channel);
                Thread.ofVirtual().start(() -> prove(channel));
            } catch (IOException e) {
                if (!server.isOpen()) {
                    return;
                }
            }
        }
    }

    private void prove(SocketChannel channel) {
        Thread guard = Thread.ofVirtual().start(() -> closeAfterTimeout(channel));
        try {
            int peer = proof.accept(
                    rank,
                    new DataInputStream(channel.socket().getInputStream()),
                    new DataOutputStream(channel.socket().getOutputStream()));
            guard.interrupt();
            guard.join();
            if (channel.isOpen()) {
                proven.add(new Proven(peer, channel));
            }
        } catch (IOException | InterruptedException e) {
            // A stranger, or a rank that died: whoever waits for that rank says so.
            closeQuietly(channel);
            guard.interrupt();
        } finally {
            unproven.remove(channel);
        }
    }

    private static void closeAfterTimeout(SocketChannel channel) {
        try {
            TimeUnit.MILLISECONDS.sleep(PROOF_TIMEOUT_MS);
            closeQuietly(channel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Map<Integer, Link> links() {
        return links;
    }

    @Override
    public int poll(FrameHandler handler) {
        int work = 0;
        for (TcpLink link : connected) {
            work += link.poll(handler);
        }
        return work;
    }

    @Override
    public boolean costly() {
        return true;
    }

    @Override
    public void fallAsleep() {
        for (TcpLink link : connected) {
            link.fallAsleep();
        }
    }

    @Override
    public boolean flushed() {
        for (TcpLink link : connected) {
            if (!link.flushed()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closeQuietly(server);
        for (TcpLink link : connected) {
            link.close();
        }
    }

    /** Closes; a failure to do so changes nothing, the connection is gone either way. */
    static boolean closeQuietly(Closeable closeable) {
        try {
            closeable.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private record Proven(int peer, SocketChannel channel) {}
}
