package io.muster.mpi.engine;

import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameKind;
import io.muster.mpi.transport.Link;
import io.muster.mpi.transport.Transport;
import java.util.ArrayList;
import java.util.List;

/** All ranks that this rank has a link to, itself among them, and those of them for which something waits. */
final class Peers {
    /** What a peer keeps of this rank's eager messages before they are asked for, at most, in bytes. */
    private static final long MAX_CREDIT = Long.getLong("muster.eager.credit", 2 << 20);

    /** What a rank keeps of all others together, until there are so many that each has only the least. */
    private static final long TOTAL_CREDIT = 64 << 20;

    private static final long LEAST_CREDIT = 64 << 10;

    private final Peer[] peers;
    private final List<Peer> busy = new ArrayList<>();

    /** The one frame that everything going out is put into. */
    final Frame out = new Frame();

    Peers(int worldSize, List<Transport> transports) {
        peers = new Peer[worldSize];
        long credit = credit(worldSize);
        for (Transport transport : transports) {
            transport.links().forEach((rank, link) -> peers[rank] = new Peer(rank, link, credit));
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
        return peers[rank];
    }

    Link link(int rank) {
        return peers[rank].link;
    }

    int size() {
        return peers.length;
    }

    void control(int rank, FrameKind kind, long size, int senderHandle, int receiverHandle) {
        Peer peer = peers[rank];
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
