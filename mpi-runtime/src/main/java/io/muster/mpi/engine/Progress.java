package io.muster.mpi.engine;

import io.muster.mpi.transport.BadFrame;
import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameHandler;
import io.muster.mpi.transport.Transport;
import io.muster.wireup.RankLost;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Drives the transports and hands what they deliver to the protocols. One thread at a time. */
final class Progress implements FrameHandler, Peers.Push {
    /** Every so many steps the transports whose polls enter the kernel have their turn too. */
    private static final int STEPS_A_COSTLY_POLL = 16;

    private final Transport[] cheap;
    private Transport[] costly;
    private final int stepsACostlyPoll;
    private final Peers peers;
    private final EagerProtocol eager;
    private final RendezvousProtocol rendezvous;
    private final Losses losses;
    private int steps;

    Progress(
            List<Transport> transports,
            Peers peers,
            EagerProtocol eager,
            RendezvousProtocol rendezvous,
            Losses losses) {
        this.cheap = transports.stream().filter(each -> !each.costly()).toArray(Transport[]::new);
        this.costly = transports.stream().filter(Transport::costly).toArray(Transport[]::new);
        // The loop to oneself alone is nothing to save time for.
        this.stepsACostlyPoll = cheap.length > 1 ? STEPS_A_COSTLY_POLL : 1;
        this.peers = peers;
        this.eager = eager;
        this.rendezvous = rendezvous;
        this.losses = losses;
    }

    /** Adds the way to processes of another job. */
    void add(Transport transport) {
        costly = Stream.concat(Arrays.stream(costly), Stream.of(transport)).toArray(Transport[]::new);
    }

    /** Does what can be done without waiting, in the kernel only now and then; returns how much that was. */
    int step() {
        int work = poll(cheap);
        if (++steps >= stepsACostlyPoll) {
            steps = 0;
            work += poll(costly);
        }
        return peers.allIdle() ? work : work + peers.pushBusy(this);
    }

    /** Looks everywhere, as before sleeping. */
    int look() {
        steps = stepsACostlyPoll;
        return step();
    }

    private int poll(Transport[] transports) {
        int work = 0;
        for (Transport transport : transports) {
            work += transport.poll(this);
        }
        return work;
    }

    /** The rank is about to sleep; {@link #look} once more before. */
    void fallAsleep() {
        for (Transport transport : costly) {
            transport.fallAsleep();
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
        if (send.mode == SendOperation.Mode.SYNCHRONOUS || !EagerProtocol.fits(peer, send.bytes)) {
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
            case EAGER -> {
                checkMessage(frame, frame.size == frame.length);
                eager.onMessage(peer, frame);
            }
            case READY_TO_SEND -> {
                checkMessage(frame, frame.size >= 0);
                rendezvous.onAnnounced(peer, frame);
            }
            case CLEAR_TO_SEND -> rendezvous.onAccepted(peer, frame);
            case FRAGMENT -> rendezvous.onFragment(peer, frame);
            case CREDIT -> peers.of(peer).creditReturned(frame.size);
            case GOODBYE -> peers.of(peer).saidGoodbye = true;
        }
    }

    private static void checkMessage(Frame frame, boolean sizeFits) {
        if (frame.context < 0 || frame.tag < 0 || !sizeFits) {
            throw new BadFrame("a message of " + frame.size + " bytes, " + frame.length + " of them in its first frame,"
                    + " with tag " + frame.tag + " in context " + frame.context);
        }
    }

    @Override
    public void onBroken(int peer, String reason) {
        Peer broken = peers.of(peer);
        // Of a link that was never used its end says nothing: whoever has no message for this rank may leave earlier.
        if (!broken.saidGoodbye && broken.link.awaitsGoodbye()) {
            losses.suspect(new RankLost(peer, reason), System.nanoTime());
        }
        broken.gone = true;
    }

    @Override
    public void onViolation(int peer, String reason) {
        peers.of(peer).gone = true;
        losses.lost(new RankLost(peer, reason));
    }
}
