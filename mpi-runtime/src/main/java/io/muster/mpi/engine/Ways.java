package io.muster.mpi.engine;

import io.muster.launch.RankEnvironment;
import io.muster.mpi.transport.Doorbell;
import io.muster.mpi.transport.Meeting;
import io.muster.mpi.transport.SelfTransport;
import io.muster.mpi.transport.SharedMemoryTransport;
import io.muster.mpi.transport.TcpTransport;
import io.muster.mpi.transport.Transport;
import io.muster.wireup.RankAddress;
import io.muster.wireup.SharedPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways of one rank to all ranks of its job: shared memory to those on the same machine, also when they belong to
 * other nodes, and TCP to the others. All ranks choose by the same table, so both ends of a pair choose the same.
 */
final class Ways implements AutoCloseable {
    private final RankEnvironment environment;
    private final TransportChoice choice;
    private final Doorbell doorbell;
    private final List<Transport> transports = new ArrayList<>();
    private @Nullable TcpTransport tcp;
    private @Nullable Meeting meeting;
    private List<RankAddress> table = List.of();
    private List<Integer> mates = List.of();

    Ways(RankEnvironment environment, TransportChoice choice, Doorbell doorbell) {
        this.environment = environment;
        this.choice = choice;
        this.doorbell = doorbell;
        transports.add(new SelfTransport(environment.rank()));
    }

    /** Gets ready to be reached; how, is told by the address. */
    RankAddress address() throws IOException {
        boolean severalNodes = environment.nodeCount() > 1;
        int port = 0;
        if (severalNodes || (!choice.sharesMemory() && environment.size() > 1)) {
            port = listen();
        }
        // The ranks of the only node know from the start who they are; else the table must tell.
        if (choice.sharesMemory() && !severalNodes && environment.localSize() > 1 && environment.localRank() == 0) {
            SharedMemoryTransport.create(environment.sharedFolder(), environment.localSize());
        }
        Optional<SharedPlace> shared =
                choice.sharesMemory() && severalNodes ? SharedPlace.of(environment.sharedFolder()) : Optional.empty();
        return new RankAddress(
                environment.rank(),
                environment.nodeIndex(),
                environment.nodeAddress(),
                port,
                ProcessHandle.current().pid(),
                shared);
    }

    private int listen() throws IOException {
        byte[] secret = Files.readAllBytes(environment.secretFile());
        TcpTransport listening = TcpTransport.listen(
                environment.rank(),
                environment.size(),
                environment.jobId(),
                environment.nodeAddress(),
                secret,
                doorbell);
        tcp = listening;
        return listening.port();
    }

    /** Opens the ways to all ranks; blocks until that is done. */
    void openTo(List<RankAddress> addresses) throws IOException {
        table = List.copyOf(addresses);
        RankAddress mine = table.get(environment.rank());
        mates = table.stream()
                .filter(peer -> peer.rank() == mine.rank() || (choice.sharesMemory() && peer.sharesMemoryWith(mine)))
                .map(RankAddress::rank)
                .toList();
        if (mates.size() > 1) {
            SharedMemoryTransport shared = openSharedMemory(mine);
            transports.add(shared);
            meeting = mates.size() == table.size() ? shared.meeting() : null;
        }
        List<RankAddress> others =
                table.stream().filter(peer -> !mates.contains(peer.rank())).toList();
        TcpTransport listening = tcp;
        if (listening != null && others.isEmpty()) {
            listening.close();
            tcp = null;
        } else if (listening != null) {
            listening.connect(others);
            transports.add(listening);
        }
    }

    private SharedMemoryTransport openSharedMemory(RankAddress mine) throws IOException {
        RankAddress first = table.get(mates.getFirst());
        Path folder = environment.sharedFolder();
        if (first.nodeIndex() != mine.nodeIndex()) {
            folder = first.shared().orElseThrow().path();
        }
        if (environment.nodeCount() > 1 && first.rank() == mine.rank()) {
            SharedMemoryTransport.create(folder, mates.size());
        }
        return SharedMemoryTransport.open(folder, mine.rank(), mates, doorbell);
    }

    List<Transport> transports() {
        return List.copyOf(transports);
    }

    /** Where all ranks of the job meet, when all share memory. */
    @Nullable
    Meeting meeting() {
        return meeting;
    }

    /** Which ranks share memory: what the choice of algorithms takes for a node. */
    Topology topology() {
        List<RankAddress> firsts = new ArrayList<>();
        int[] nodes = new int[table.size()];
        for (RankAddress rank : table) {
            int node = 0;
            while (node < firsts.size() && !firsts.get(node).sharesMemoryWith(rank)) {
                node++;
            }
            if (node == firsts.size()) {
                firsts.add(rank);
            }
            nodes[rank.rank()] = node;
        }
        return new Topology(nodes, SharedFolders.of(environment, table, choice));
    }

    /** Nodes that are reached over loopback share one machine and its cores, also when they do not share memory. */
    int ranksOnMachine() {
        return environment.nodeAddress().startsWith("127.")
                ? environment.size()
                : Math.max(environment.localSize(), mates.size());
    }

    @Override
    public void close() {
        transports.forEach(Transport::close);
        TcpTransport listening = tcp;
        if (listening != null) {
            listening.close();
        }
    }
}
