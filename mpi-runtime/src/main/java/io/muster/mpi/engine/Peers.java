package io.muster.mpi.engine;

import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameKind;
import io.muster.mpi.transport.Link;
import io.muster.mpi.transport.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All ranks that this rank has a link to, itself among them, and those of them for which something waits. */
final class Peers {
    /** What a peer keeps of this rank's eager messages before they are asked for, at most, in bytes. */
    private static final long MAX_CREDIT = Long.getLong("muster.eager.credit", 2 << 20);

    /** What a rank keeps of all others together, until there are so many that each has only the least. */
    private static final long TOTAL_CREDIT = 64 << 20;

    private static final long LEAST_CREDIT = 64 << 10;

    /** For a process of another job: the same at both ends, however large their jobs are. */
    private static final long FOREIGN_CREDIT = 256 << 10;

    private @Nullable Peer[] peers;
    private final List<Peer> busy = new ArrayList<>();

    /** The one frame that everything going out is put into. */
    final Frame out = new Frame();

    Peers(int worldSize, List<Transport> transports) {
        @Nullable Peer[] all = new @Nullable Peer[worldSize];
        peers = all;
        long credit = credit(worldSize);
        for (Transport transport : transports) {
            transport.links().forEach((rank, link) -> all[rank] = new Peer(rank, link, credit));
        }
        for (int rank = 0; rank < worldSize; rank++) {
            if (peers[rank] == null) {
                throw new Failure(ErrorClass.INTERN, "no transport leads to rank " + rank + " of " + worldSize);
            }
        }
    }

    /** The same at all ranks of a job. */
    static long credit(int worldSize) {
        return Math.min(MAX_CREDIT, Math.max(LEAST_CREDIT, TOTAL_CREDIT / worldSize));
    }

    Peer of(int rank) {
        Peer peer = peers[rank];
        if (peer == null) {
            throw new Failure(ErrorClass.INTERN, "nothing leads to process " + rank);
        }
        return peer;
    }

    Link link(int rank) {
        return of(rank).link;
    }

    /** Adds those of another job, numbered beyond all ranks. */
    void add(Map<Integer, Link> links) {
        links.forEach((number, link) -> {
            peers = Arrays.copyOf(peers, Math.max(peers.length, number + 1));
            peers[number] = new Peer(number, link, FOREIGN_CREDIT);
        });
    }

    boolean knows(int rank) {
        return rank < peers.length && peers[rank] != null;
    }

    /** One more than the highest number. */
    int size() {
        return peers.length;
    }

    void control(int rank, FrameKind kind, long size, int senderHandle, int receiverHandle) {
        Peer peer = of(rank);
        peer.control(out, kind, size, senderHandle, receiverHandle);
        if (!peer.idle()) {
            markBusy(peer);
        }
    }

    void markBusy(Peer peer) {
        if (!peer.busy) {
            peer.busy = true;
            busy.add(peer);
        }
    }

    /** Lets {@code push} work for each peer for which something waits; returns how much it did. */
    int pushBusy(Push push) {
        int work = 0;
        for (int i = busy.size() - 1; i >= 0; i--) {
            Peer peer = busy.get(i);
            work += push.push(peer);
            if (peer.idle()) {
                peer.busy = false;
                busy.remove(i);
            }
        }
        return work;
    }

    boolean allIdle() {
        return busy.isEmpty();
    }

    @FunctionalInterface
    interface Push {
        int push(Peer peer);
    }
}
