package io.muster.mpi.engine;

import io.muster.launch.RankEnvironment;
import io.muster.mpi.transport.Doorbell;
import io.muster.mpi.transport.SelfTransport;
import io.muster.mpi.transport.SharedMemoryTransport;
import io.muster.mpi.transport.TcpTransport;
import io.muster.mpi.transport.Transport;
import io.muster.wireup.RankAddress;
import io.muster.wireup.WireUp;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One rank's membership in a job, from Init to Finalize: its engine, its line to the launcher, its communicators. */
public final class World {
    private static final Duration WIRE_UP_DEADLINE = Duration.ofMinutes(2);

    private final Engine engine;
    private final Topology topology;
    private final @Nullable WireUp wireUp;
    private final Communicator all;
    private final Communicator self;

    private World(Engine engine, Topology topology, @Nullable WireUp wireUp) {
        this.engine = engine;
        this.topology = topology;
        this.wireUp = wireUp;
        all = new Communicator(
                engine, topology, 0, IntStream.range(0, engine.size()).toArray());
        self = new Communicator(engine, topology, 1, new int[] {engine.rank()});
    }

    /** A process that no launcher started: a world of one. */
    public static World alone() throws IOException {
        return new World(new Engine(0, 1, 1, List.of(new SelfTransport(0)), new Doorbell()), new Topology(0), null);
    }

    /**
     * Joins the job: publishes this rank's address, learns those of the others, and opens the ways to them. Blocks
     * until all ranks of the job have come.
     *
     * @throws IOException when a rank does not come, or a way to one cannot be opened
     */
    public static World join(RankEnvironment environment, WireUp wireUp, TransportChoice choice) throws IOException {
        int rank = environment.rank();
        boolean shm = choice.sharesMemory() && environment.localSize() > 1;
        boolean tcp = environment.nodeCount() > 1 || (!choice.sharesMemory() && environment.size() > 1);
        Doorbell doorbell = new Doorbell();
        List<Transport> transports = new ArrayList<>();
        TcpTransport tcpTransport = null;
        try {
            transports.add(new SelfTransport(rank));
            int port = 0;
            if (tcp) {
                byte[] secret = Files.readAllBytes(environment.secretFile());
                tcpTransport = TcpTransport.listen(
                        rank, environment.size(), environment.jobId(), environment.nodeAddress(), secret, doorbell);
                transports.add(tcpTransport);
                port = tcpTransport.port();
            }
            if (shm && environment.localRank() == 0) {
                SharedMemoryTransport.create(environment.sharedFolder(), environment.localSize());
            }
            RankAddress mine = new RankAddress(
                    rank,
                    environment.nodeIndex(),
                    environment.nodeAddress(),
                    port,
                    ProcessHandle.current().pid());
            List<RankAddress> table = wireUp.exchange(mine, WIRE_UP_DEADLINE);
            List<Integer> mates = mates(table, environment.nodeIndex());
            if (shm) {
                transports.add(SharedMemoryTransport.open(environment.sharedFolder(), rank, mates, doorbell));
            }
            if (tcpTransport != null) {
                tcpTransport.connect(table.stream()
                        .filter(peer -> peer.rank() != rank && !(shm && mates.contains(peer.rank())))
                        .toList());
            }
            Topology topology =
                    new Topology(table.stream().mapToInt(RankAddress::nodeIndex).toArray());
            Engine engine = new Engine(rank, environment.size(), ranksOnMachine(environment), transports, doorbell);
            wireUp.onRankLost(engine::rankLost);
            return new World(engine, topology, wireUp);
        } catch (IOException | RuntimeException e) {
            transports.forEach(Transport::close);
            doorbell.close();
            throw e;
        }
    }

    private static List<Integer> mates(List<RankAddress> table, int nodeIndex) {
        return table.stream()
                .filter(address -> address.nodeIndex() == nodeIndex)
                .map(RankAddress::rank)
                .sorted()
                .toList();
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

    /** Waits for all ranks, sends what is still under way, and takes leave of the others and the launcher. */
    public void leave() {
        all.collective().barrier();
        engine.goodbye();
        engine.close();
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

    /** Nodes that are reached over loopback, as those of provider local, share one machine and its cores. */
    private static int ranksOnMachine(RankEnvironment environment) {
        return environment.nodeAddress().startsWith("127.") ? environment.size() : environment.localSize();
    }
}
