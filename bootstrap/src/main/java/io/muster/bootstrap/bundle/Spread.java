package io.muster.bootstrap.bundle;

import io.muster.bootstrap.bundle.SourceBoard.End;
import io.muster.bootstrap.bundle.SourceBoard.Source;
import io.muster.bootstrap.ssh.RunningCommand;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Brings a bundle to many nodes: from the manager to a few, and from those to the others, over their own network. A
 * node whose source fails or is slow takes another one, and in the end the manager. What a node gets from another it
 * compares with a hash that it has from the manager over SSH, before it looks inside: no node needs to trust another.
 * Thread-safe; one call a node. Closing it ends what runs on the nodes for it.
 */
public final class Spread implements AutoCloseable {
    private static final Script FETCH = Script.of(Spread.class, "stream.sh", "fetch.sh");
    private static final String SERVER = "io.muster.agent.BundleServer";
    private static final String[] TOOLS = {"gzip", "bash", "sha256sum", "stat"};
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration TO_SETTLE = Duration.ofSeconds(30);
    private static final int MOST_PART = 3;

    private final Bundle bundle;
    private final Semaphore places;
    private final Duration life;
    private final SourceBoard board;

    /**
     * @param places taken while the manager itself works for a node
     * @param managerPlaces nodes that the manager gives to at the same time
     * @param life for which a node gives at most, whatever happens to the manager
     */
    public Spread(Bundle bundle, Semaphore places, int managerPlaces, Duration life) {
        this.bundle = bundle;
        this.places = places;
        this.life = life;
        this.board = new SourceBoard(managerPlaces);
    }

    /**
     * Brings the bundle to one node; blocks until it has all of it, or nobody could give it.
     *
     * @param address that other nodes reach this one by
     * @param deadline for waiting and all attempts together
     * @param progress gets the number of bytes of the bundle that the manager has sent, now and then
     */
    public PushResult deliver(SshSession session, String address, Duration deadline, LongConsumer progress)
            throws SshException, InterruptedException {
        Delivery delivery = new Delivery(session, address, System.nanoTime() + deadline.toNanos(), deadline, progress);
        try {
            return delivery.run();
        } catch (NodeCopy.Unreadable e) {
            return new PushResult.Refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        board.close();
    }

    /** One node's way to the bundle. */
    private final class Delivery {
        private final SshSession session;
        private final String address;
        private final long endNanos;
        private final Duration deadline;
        private final LongConsumer progress;
        private final Set<String> tried = new HashSet<>();

        Delivery(SshSession session, String address, long endNanos, Duration deadline, LongConsumer progress) {
            this.session = session;
            this.address = address;
            this.endNanos = endNanos;
            this.deadline = deadline;
            this.progress = progress;
        }

        PushResult run() throws NodeCopy.Unreadable, SshException, InterruptedException {
            NodeCopy copy = look();
            if (copy.whole()) {
                return new PushResult.AlreadyThere();
            }
            Optional<BundleArchive> archive = archive();
            if (archive.isEmpty()
                    || !copy.has(TOOLS)
                    || copy.freeBytes()
                            < BundlePush.needed(bundle) + archive.get().sizeBytes()) {
                return push(copy);
            }
            while (true) {
                Optional<PushResult> result = attempt(copy, archive.get());
                if (result.isPresent()) {
                    return result.get();
                }
            }
        }

        private Optional<PushResult> attempt(NodeCopy copy, BundleArchive archive)
                throws SshException, InterruptedException {
            Source source;
            try {
                source = board.await(tried, left());
            } catch (TimeoutException e) {
                return Optional.of(
                        new PushResult.Refused("no node could give it to this one in " + deadline.toSeconds() + " s"));
            }
            long startNanos = System.nanoTime();
            End end = End.ABANDONED;
            try {
                end = switch (source) {
                    case Source.Push push -> End.ABANDONED;
                    case Source.Seed seed -> seed(seed, archive);
                    case Source.Node node -> fetch(node.holder(), archive);
                };
            } finally {
                board.finished(source, end, Duration.ofNanos(System.nanoTime() - startNanos));
            }
            return result(source, end, copy, archive);
        }

        /** What became of an attempt; when the manager's own failed, the plain way is left, which needs least. */
        private Optional<PushResult> result(Source source, End end, NodeCopy copy, BundleArchive archive)
                throws SshException, InterruptedException {
            boolean done = end == End.SUCCEEDED;
            return switch (source) {
                case Source.Push push -> Optional.of(push(copy));
                case Source.Seed seed ->
                    Optional.of(done ? new PushResult.Sent(bundle.sizeBytes(), archive.sizeBytes()) : push(copy));
                case Source.Node node
                when done ->
                    Optional.of(new PushResult.Fetched(
                            bundle.sizeBytes(), node.holder().name()));
                case Source.Node node -> {
                    tried.add(node.holder().name());
                    yield Optional.empty();
                }
            };
        }

        private End seed(Source.Seed seed, BundleArchive archive) throws SshException, InterruptedException {
            LongConsumer scaled = BundlePush.scaled(progress, bundle, archive);
            RunningCommand command = session.start(fetch(archive, "-", 0, left()));
            Thread writer = Thread.ofVirtual().name("seed-" + node()).start(() -> {
                try {
                    command.write(out -> archive.writeTo(out, sent -> {
                        seed.moved().happened();
                        scaled.accept(sent);
                    }));
                } catch (IOException e) {
                    // The command has ended, and says why.
                }
            });
            try {
                return settle(command, this::left, true);
            } finally {
                writer.interrupt();
            }
        }

        private End fetch(ArchiveHolder holder, BundleArchive archive) throws SshException, InterruptedException {
            ArchiveHolder.Ticket ticket;
            try {
                ticket = holder.allow();
            } catch (IOException e) {
                return End.SOURCE_DEAD;
            }
            Duration limit = board.limit(deadline.dividedBy(MOST_PART));
            RunningCommand command = session.start(fetch(archive, ticket.address(), ticket.port(), limit));
            try {
                command.writeLine(ticket.token());
            } catch (IOException e) {
                command.close();
                return End.ABANDONED;
            }
            return settle(command, () -> board.limit(limit), false);
        }

        /** Waits until the bundle is in place; the command goes to the board then, and is closed otherwise. */
        private End settle(RunningCommand command, Supplier<Duration> limit, boolean seed) throws InterruptedException {
            boolean kept = false;
            try {
                if (!line(command, limit).equals("ready")) {
                    return End.FAILED;
                }
                command.writeLine("keep");
                if (!line(command, () -> TO_SETTLE).equals("have")) {
                    return End.ABANDONED;
                }
                kept = true;
                board.add(new ArchiveHolder(node(), address, command), seed);
                return End.SUCCEEDED;
            } catch (IOException e) {
                return End.ABANDONED;
            } finally {
                if (!kept) {
                    command.close();
                }
            }
        }

        /** The next line; empty when there is none within a limit that may shrink meanwhile. */
        private static String line(RunningCommand command, Supplier<Duration> limit)
                throws IOException, InterruptedException {
            long startNanos = System.nanoTime();
            while (System.nanoTime() - startNanos < limit.get().toNanos()) {
                try {
                    return command.readLine(LOOK_AGAIN).orElse("");
                } catch (SshException e) {
                    if (e.kind() != SshException.Kind.TIMED_OUT) {
                        throw e;
                    }
                }
            }
            return "";
        }

        private String fetch(BundleArchive archive, String from, int port, Duration limit) {
            List<String> words = new ArrayList<>(List.of(
                    bundle.hash(),
                    BundlePush.random(6),
                    Long.toString(archive.sizeBytes()),
                    archive.sha256(),
                    from,
                    Integer.toString(port),
                    Long.toString(Math.max(1, limit.toSeconds())),
                    Long.toString(Movement.PATIENCE.toSeconds())));
            words.addAll(bundle.java(SERVER));
            words.addAll(List.of(address, "/proc/self/fd/9", Long.toString(life.toSeconds())));
            return FETCH.command(words.toArray(String[]::new));
        }

        private NodeCopy look() throws NodeCopy.Unreadable, SshException, InterruptedException {
            places.acquire();
            try {
                return NodeCopy.look(session, bundle, BundlePush.Transfer.GZIP, left());
            } finally {
                places.release();
            }
        }

        private PushResult push(NodeCopy copy) throws SshException, InterruptedException {
            places.acquire();
            try {
                return BundlePush.send(session, bundle, copy, BundlePush.Transfer.GZIP, left(), progress);
            } finally {
                places.release();
            }
        }

        private Optional<BundleArchive> archive() {
            try {
                return Optional.of(bundle.archive());
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private String node() {
            return session.target().node();
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
        }
    }
}
