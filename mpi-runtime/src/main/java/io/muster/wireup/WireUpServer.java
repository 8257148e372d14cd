package io.muster.wireup;

import io.muster.launch.RandomBytes;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import io.muster.wire.RecordCodec;
import io.muster.wire.Strangers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The launcher's side of the wire-up on one node: a loopback port for the ranks of one job there. Thread-safe. */
public final class WireUpServer implements AutoCloseable {
    static final RecordCodec<WireUpMessage> MESSAGES = RecordCodec.of(WireUpMessage.class);

    /** Short for a rank on an idle machine, enough for one of many that start at once on few cores. */
    private static final Duration PROOF_DEADLINE = Duration.ofSeconds(60);

    private static final int LEAST_STRANGERS = 64;

    /** A proof has less. */
    private static final int MAX_PROOF_BYTES = 256;

    /** Who hears what the ranks say. Called from threads of the server; may block. */
    public interface Listener {
        /** A rank published its address. */
        void published(RankAddress address);

        /** The line of a rank broke before it said goodbye. */
        void lineBroken(int rank, String reason);

        /** A rank wants the job to end. */
        void abortAsked(int rank, int exitCode, String reason);

        /** A rank asks for something, and waits until {@code answer} is called, which may be later. */
        void asked(int rank, LauncherRequest request, Consumer<LauncherAnswer> answer);

        /** The line of a rank has ended, with a goodbye or without one. */
        void lineEnded(int rank);
    }

    private final ServerSocket server;
    private final JobSecret secret;
    private final Set<Integer> ranks;
    private final Listener listener;
    private final Strangers strangers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Guarded by this: ranks that proved themselves, and what a rank that comes late has to hear. */
    private final TreeMap<Integer, Conversation<WireUpMessage, WireUpMessage>> lines = new TreeMap<>();

    private final List<RankLost> lost = new ArrayList<>();
    private @Nullable List<RankAddress> table;

    private WireUpServer(ServerSocket server, byte[] secret, Set<Integer> ranks, Listener listener) {
        this.server = server;
        this.secret = new JobSecret(secret);
        this.ranks = Set.copyOf(ranks);
        this.listener = listener;
        this.strangers = new Strangers(maxStrangers(this.ranks), PROOF_DEADLINE);
    }

    /** Binds to a loopback port and serves the ranks that know the secret. */
    public static WireUpServer listen(byte[] secret, Set<Integer> ranks, Listener listener) throws IOException {
        ServerSocket server = new ServerSocket(0, maxStrangers(ranks), loopback());
        WireUpServer started = new WireUpServer(server, secret, ranks, listener);
        Thread.ofPlatform().name("wire-up").daemon().start(started::acceptAll);
        return started;
    }

    /** Connections that have not proved themselves yet: all ranks may come at once, beside real strangers. */
    private static int maxStrangers(Set<Integer> ranks) {
        return Math.max(LEAST_STRANGERS, 2 * ranks.size());
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** The port that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Number of connections whose end was not told yet. */
    int openLines() {
        return open.size();
    }

    /** Gives every rank the addresses of all; in rank order. */
    public void sendTable(List<RankAddress> addresses) {
        List<Conversation<WireUpMessage, WireUpMessage>> receivers;
        synchronized (this) {
            table = List.copyOf(addresses);
            receivers = List.copyOf(lines.values());
        }
        receivers.forEach(line -> tell(line, new WireUpMessage.Table(addresses)));
    }

    /** Tells every rank that one is gone. */
    public void sendLost(RankLost gone) {
        List<Conversation<WireUpMessage, WireUpMessage>> receivers;
        synchronized (this) {
            lost.add(gone);
            receivers = List.copyOf(lines.values());
        }
        receivers.forEach(line -> tell(line, new WireUpMessage.Lost(gone)));
    }

    private static void tell(Conversation<WireUpMessage, WireUpMessage> line, WireUpMessage message) {
        try {
            line.send(message);
        } catch (IOException e) {
            // The reader of this line notices the same and tells of it.
            line.close();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                strangers.enter(socket);
                Thread.ofVirtual().name("wire-up-line").start(() -> handle(socket));
            } catch (IOException e) {
                // Closed, or a peer that went before it was accepted.
            }
        }
    }

    private void handle(Socket socket) {
        open.add(socket);
        try (socket;
                Line frames = new Line(socket);
                Conversation<WireUpMessage, WireUpMessage> line = new Conversation<>(frames, MESSAGES, MESSAGES)) {
            frames.acceptAtMost(MAX_PROOF_BYTES);
            Optional<Integer> rank = identify(line, socket);
            if (rank.isPresent()) {
                frames.acceptAtMost(Line.MAX_FRAME_BYTES);
                serve(rank.get(), line);
            }
        } catch (IOException e) {
            // A stranger that failed to prove itself; ranks are told of in serve.
        } finally {
            open.remove(socket);
            boolean _ = strangers.leave(socket);
        }
    }

    private Optional<Integer> identify(Conversation<WireUpMessage, WireUpMessage> line, Socket socket)
            throws IOException {
        byte[] nonce = RandomBytes.of(JobSecret.NONCE_BYTES);
        line.send(new WireUpMessage.Challenge(nonce));
        Optional<WireUpMessage> answer = line.receive(PROOF_DEADLINE);
        if (answer.isEmpty() || !(answer.get() instanceof WireUpMessage.Hello hello)) {
            return Optional.empty();
        }
        int rank = hello.rank();
        if (!ranks.contains(rank)
                || !secret.proves(hello.mac(), "rank", rank, nonce, hello.nonce())
                || !strangers.leave(socket)) {
            return Optional.empty();
        }
        synchronized (this) {
            if (lines.containsKey(rank)) {
                return Optional.empty();
            }
            line.send(new WireUpMessage.Welcome(secret.proof("launcher", rank, nonce, hello.nonce())));
            lines.put(rank, line);
            for (RankLost gone : lost) {
                line.send(new WireUpMessage.Lost(gone));
            }
            if (table != null) {
                line.send(new WireUpMessage.Table(table));
            }
        }
        return Optional.of(rank);
    }

    private void serve(int rank, Conversation<WireUpMessage, WireUpMessage> line) {
        String reason = "its line to the launcher ended";
        boolean goodbye = false;
        try {
            Optional<WireUpMessage> message = line.receive();
            while (message.isPresent()) {
                switch (message.get()) {
                    case WireUpMessage.Publish publish -> listener.published(publish.address());
                    case WireUpMessage.Abort abort -> listener.abortAsked(rank, abort.exitCode(), abort.reason());
                    case WireUpMessage.Ask ask ->
                        listener.asked(
                                rank, ask.request(), answer -> tell(line, new WireUpMessage.Answer(ask.id(), answer)));
                    case WireUpMessage.Goodbye bye -> goodbye = true;
                    case WireUpMessage other -> throw new IOException("it sent " + other);
                }
                message = line.receive();
            }
        } catch (IOException e) {
            reason = "its line to the launcher broke: " + e.getMessage();
        }
        synchronized (this) {
            lines.remove(rank);
        }
        listener.lineEnded(rank);
        if (!goodbye && !server.isClosed()) {
            listener.lineBroken(rank, reason);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            strangers.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("closing the wire-up failed", e);
        }
    }
}
