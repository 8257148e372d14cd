package io.muster.bootstrap.master;

import io.muster.wire.Conversation;
import io.muster.wire.Line;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps SSH sessions to nodes for all commands of a user. Whoever may open the Unix socket, which lies in a folder of
 * mode 0700, gets lines to agents; that is the user, who holds the keys as well. Ends when nobody has used it for some
 * minutes, when it has no session left, or when its socket was removed.
 */
final class ConnectionMaster {
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_SECONDS = 1;

    /** For the command that started the master to come back, or the next one. */
    private static final Duration FIRST_USE = Duration.ofSeconds(20);

    private final Path socket;
    private final Duration idle;
    private final Companion companion;
    private final Map<AgentPlace, KeptNode> nodes = new ConcurrentHashMap<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile long lastUseNanos = System.nanoTime();

    /**
     * @param socket where commands find it, at most {@link MasterClient#MAX_PATH_BYTES} long; beside it a file of the
     *     same name with {@code .lock}
     * @param idle how long it waits for somebody to use it
     * @param companion what else its process does
     */
    ConnectionMaster(Path socket, Duration idle, Companion companion) {
        this.socket = socket;
        this.idle = idle;
        this.companion = companion;
    }

    /**
     * Serves until it has nothing more to do.
     *
     * @param first agents to log in to at once
     */
    void serve(List<MasterRequest.Connect> first) throws IOException, InterruptedException {
        Path lockFile = socket.resolveSibling(socket.getFileName() + ".lock");
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                return;
            }
            // Whoever had it before was killed: a master that lives holds the lock.
            Files.deleteIfExists(socket);
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket));
                Thread.ofVirtual().name("accept").start(() -> acceptAll(server));
                first.forEach(this::prepare);
                companion.start();
                awaitEnd();
            } finally {
                companion.close();
                Files.deleteIfExists(socket);
                nodes.values().forEach(KeptNode::close);
            }
        }
    }

    /** Lets go of the command that ended this master, where its process goes on. */
    void release() {
        released.countDown();
    }

    private void awaitEnd() throws InterruptedException {
        long started = System.nanoTime();
        while (!ended.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
            nodes.forEach((place, node) -> {
                if (!place.isWanted() || node.isStale()) {
                    forget(place);
                }
            });
            long now = System.nanoTime();
            boolean used = lines.get() > 0 || companion.isBusy();
            if (used) {
                lastUseNanos = now;
            }
            boolean unused = !used && now - lastUseNanos > idle.toNanos();
            boolean useless = !used && nodes.isEmpty() && now - started > FIRST_USE.toNanos();
            if (unused || useless || !Files.exists(socket)) {
                return;
            }
        }
    }

    private void prepare(MasterRequest.Connect wish) {
        KeptNode node = nodes.computeIfAbsent(wish.place(), KeptNode::new);
        Thread.ofVirtual().name("prepare").start(() -> {
            try {
                node.ensure(wish.lastPort(), wish.deadline());
            } catch (IOException e) {
                // Whoever needs the node is told when it asks.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void acceptAll(ServerSocketChannel server) {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("command").start(() -> handle(channel));
            }
        } catch (IOException e) {
            ended.countDown();
        }
    }

    private void handle(SocketChannel channel) {
        lines.incrementAndGet();
        try (Line line = new Line(new UnixSocket(channel, "a command"))) {
            Conversation<MasterReply, MasterRequest> command =
                    new Conversation<>(line, MasterReply.CODEC, MasterRequest.CODEC);
            command.send(new MasterReply.Hello());
            Optional<MasterRequest> request = command.receive(REQUEST_DEADLINE);
            if (request.isPresent()) {
                answer(request.get(), command, line);
            }
        } catch (IOException e) {
            // The command is gone, or what it said cannot be read.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lastUseNanos = System.nanoTime();
            lines.decrementAndGet();
        }
    }

    private void answer(MasterRequest request, Conversation<MasterReply, MasterRequest> command, Line line)
            throws IOException, InterruptedException {
        switch (request) {
            case MasterRequest.Connect wish -> connect(wish, command, line);
            case MasterRequest.Forget forget -> {
                nodes.keySet().stream()
                        .filter(place -> place.identity().equals(forget.identity()))
                        .forEach(this::forget);
                boolean last = nodes.isEmpty();
                if (last) {
                    // Before the answer: the next command starts another master.
                    Files.deleteIfExists(socket);
                }
                command.send(new MasterReply.Forgotten());
                if (last) {
                    ended.countDown();
                    // The end of this line is the end of the process.
                    released.await();
                }
            }
        }
    }

    private void connect(MasterRequest.Connect wish, Conversation<MasterReply, MasterRequest> command, Line line)
            throws IOException, InterruptedException {
        KeptNode node = nodes.computeIfAbsent(wish.place(), KeptNode::new);
        SharedLink.Use use;
        try {
            use = node.line(wish.lastPort(), wish.deadline());
        } catch (IOException e) {
            command.send(new MasterReply.Failed(String.valueOf(e.getMessage())));
            return;
        }
        try (use) {
            Line agent = use.line();
            command.send(new MasterReply.Connected());
            Thread back = Thread.ofVirtual().name("from-agent").start(() -> pass(agent, line));
            pass(line, agent);
            back.join();
        }
    }

    /** Passes frames until one side ends, and ends the other one then. */
    private static void pass(Line from, Line to) {
        try {
            Optional<byte[]> frame = from.receive();
            while (frame.isPresent()) {
                to.send(frame.get());
                frame = from.receive();
            }
        } catch (IOException e) {
            // One side is gone; the other one is told by the end of its line.
        } finally {
            from.close();
            to.close();
        }
    }

    private void forget(AgentPlace place) {
        KeptNode node = nodes.remove(place);
        if (node != null) {
            node.close();
        }
    }
}
