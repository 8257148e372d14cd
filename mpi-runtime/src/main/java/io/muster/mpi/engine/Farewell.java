package io.muster.mpi.engine;

import io.muster.mpi.transport.FrameKind;
import io.muster.mpi.transport.Transport;
import java.util.List;

/** Taking leave: every peer whose link was used is told that nothing more comes, and says the same. */
final class Farewell {
    private final Peers peers;
    private final List<Transport> transports;

    Farewell(Peers peers, List<Transport> transports) {
        this.peers = peers;
        this.transports = transports;
    }

    /** Tells whom it has not told yet; whether all have answered and nothing waits to be sent. */
    boolean isComplete() {
        boolean all = true;
        for (int rank = 0; rank < peers.size(); rank++) {
            if (!peers.knows(rank)) {
                continue;
            }
            Peer peer = peers.of(rank);
            if (peer.link.awaitsGoodbye()) {
                if (!peer.wasToldGoodbye) {
                    peer.wasToldGoodbye = true;
                    peers.control(rank, FrameKind.GOODBYE, 0, 0, 0);
                }
                all &= peer.saidGoodbye || peer.gone;
            }
        }
        return all && peers.allIdle() && transports.stream().allMatch(Transport::flushed);
    }
}
