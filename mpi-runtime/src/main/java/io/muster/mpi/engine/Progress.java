package io.muster.mpi.engine;

import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameHandler;
import io.muster.mpi.transport.Transport;
import io.muster.wireup.RankLost;
import java.util.List;

/** Drives the transports and hands what they deliver to the protocols. One thread at a time. */
final class Progress implements FrameHandler, Peers.Push {
    private final Transport[] transports;
    private final Peers peers;
    private final EagerProtocol eager;
    private final RendezvousProtocol rendezvous;
    private final Losses losses;

    Progress(
            List<Transport> transports,
            Peers peers,
            EagerProtocol eager,
            RendezvousProtocol rendezvous,
            Losses losses) {
        this.transports = transports.toArray(Transport[]::new);
        this.peers = peers;
        this.eager = eager;
        this.rendezvous = rendezvous;
        this.losses = losses;
    }

    /** Does what can be done without waiting; returns how much that was. */
    int step() {
        int work = 0;
        for (Transport transport : transports) {
            work += transport.poll(this);
        }
        return peers.allIdle() ? work : work + peers.pushBusy(this);
    }

    /** From now on the doorbell is rung for what comes; {@link #step} once more before sleeping. */
    void fallAsleep() {
        for (Transport transport : transports) {
            transport.fallAsleep();
        }
    }

    void awake() {
        for (Transport transport : transports) {
            transport.awake();
        }
    }

    /** Starts a send: sends it, announces it, or has it wait for its turn. */
    void start(SendOperation send) {
        Peer peer = peers.of(send.destination);
        if (!peer.messages.isEmpty() || !sendFirst(peer, send)) {
            peer.messages.add(send);
            peers.markBusy(peer);
        }
    }

    @Override
    public int push(Peer peer) {
        if (!peer.pushControl(peers.out)) {
            return 0;
        }
        int work = 0;
        SendOperation send = peer.firstMessage();
        while (send != null && sendFirst(peer, send)) {
            peer.messages.remove();
            send = peer.firstMessage();
            work++;
        }
        return work + rendezvous.push(peer);
    }

    private boolean sendFirst(Peer peer, SendOperation send) {
        if (send.synchronous || !EagerProtocol.fits(peer, send.bytes)) {
            return rendezvous.announce(peer, send);
        }
        if (!eager.offer(peer, send.context, send.tag, send.base, send.offset, send.bytes)) {
            return false;
        }
        send.done = true;
        return true;
    }

    @Override
    public void onFrame(int peer, Frame frame) {
        switch (frame.kind) {
            case EAGER -> eager.onMessage(peer, frame);
            case READY_TO_SEND -> rendezvous.onAnnounced(peer, frame);
            case CLEAR_TO_SEND -> rendezvous.onAccepted(frame);
            case FRAGMENT -> rendezvous.onFragment(frame);
            case CREDIT -> peers.of(peer).creditReturned(frame.size);
            case GOODBYE -> peers.of(peer).saidGoodbye = true;
            case PAD -> throw new Failure(ErrorClass.INTERN, "padding from rank " + peer);
        }
    }

    @Override
    public void onBroken(int peer, String reason) {
        if (!peers.of(peer).saidGoodbye) {
            losses.suspect(new RankLost(peer, reason), System.nanoTime());
        }
    }
}
