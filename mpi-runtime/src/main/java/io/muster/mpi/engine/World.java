package io.muster.mpi.engine;

import io.muster.launch.RankEnvironment;
import io.muster.mpi.transport.Doorbell;
import io.muster.mpi.transport.Meeting;
import io.muster.mpi.transport.SelfTransport;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.NoLauncher;
import io.muster.wireup.RankAddress;
import io.muster.wireup.WireUp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One rank's membership in a job, from Init to Finalize: its engine, its line to the launcher, its communicators. */
public final class World {
    private static final Duration WIRE_UP_DEADLINE = Duration.ofMinutes(2);

    private final Engine engine;
    private final Topology topology;
    private final @Nullable WireUp wireUp;
    private final Optional<NoLauncher> alone;
    private final Communicator all;
    private final Communicator self;

    private World(Engine engine, Topology topology, @Nullable WireUp wireUp, @Nullable Meeting meeting) {
        this.engine = engine;
        this.topology = topology;
        this.wireUp = wireUp;
        alone = wireUp == null ? Optional.of(new NoLauncher()) : Optional.empty();
        all = new Communicator(
                engine, topology, 0, IntStream.range(0, engine.size()).toArray(), null, meeting);
        self = new Communicator(engine, topology, 1, new int[] {engine.rank()});
    }

    /** A process that no launcher started: a world of one. */
    public static World alone() throws IOException {
        return new World(
                new Engine(0, 1, 1, List.of(new SelfTransport(0)), new Doorbell()), new Topology(0), null, null);
    }

    /**
     * Joins the job: publishes this rank's address, learns those of the others, and opens the ways to them. Blocks
     * until all ranks of the job have come.
     *
     * @throws IOException when a rank does not come, or a way to one cannot be opened
     */
    public static World join(RankEnvironment environment, WireUp wireUp, TransportChoice choice) throws IOException {
        Doorbell doorbell = new Doorbell();
        Ways ways = new Ways(environment, choice, doorbell);
        try {
            List<RankAddress> table = wireUp.exchange(ways.address(), WIRE_UP_DEADLINE);
            ways.openTo(table);
            Engine engine = new Engine(
                    environment.rank(), environment.size(), ways.ranksOnMachine(), ways.transports(), doorbell);
            engine.foreign().home(jobOf(environment), environment.nodeAddress());
            wireUp.onRankLost(engine::rankLost);
            return new World(engine, ways.topology(), wireUp, ways.meeting());
        } catch (IOException | RuntimeException e) {
            ways.close();
            doorbell.close();
            throw e;
        }
    }

    /** The same at all ranks of a job, and at no other job: its secret is random. */
    private static UUID jobOf(RankEnvironment environment) throws IOException {
        byte[] id = environment.jobId().getBytes(StandardCharsets.UTF_8);
        byte[] secret = Files.readAllBytes(environment.secretFile());
        byte[] both = Arrays.copyOf(id, id.length + secret.length);
        System.arraycopy(secret, 0, both, id.length, secret.length);
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(both));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", e);
        }
    }

    /** All ranks of the job. */
    public Communicator all() {
        return all;
    }

    /** This rank alone. */
    public Communicator self() {
        return self;
    }

    public Topology topology() {
        return topology;
    }

    /**
     * Asks the launcher for something; without one, this process does what it can. Blocks until the answer is there.
     *
     * @throws IOException when the launcher cannot answer any more
     */
    public LauncherAnswer ask(LauncherRequest request) throws IOException {
        return wireUp == null ? alone.orElseThrow().ask(request) : wireUp.ask(request);
    }

    /** Waits for all ranks, sends what is still under way, and takes leave of the others and the launcher. */
    public void leave() {
        all.collective().barrier();
        engine.goodbye();
        engine.close();
        alone.ifPresent(NoLauncher::close);
        if (wireUp != null) {
            wireUp.goodbye();
            wireUp.close();
        }
    }

    /** Closes everything without a word, as the end of the process would. */
    public void drop() {
        engine.close();
        if (wireUp != null) {
            wireUp.close();
        }
    }

    /** Asks the launcher to end the job; returns at once. */
    public void abort(int exitCode, String reason) {
        if (wireUp != null) {
            wireUp.abort(exitCode, reason);
        }
    }

    @Override
    public String toString() {
        return "rank " + engine.rank() + " of " + engine.size() + " on " + Arrays.toString(topology.nodeOfRank());
    }
}
