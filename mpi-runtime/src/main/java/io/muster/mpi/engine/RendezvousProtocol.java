package io.muster.mpi.engine;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.transport.BadFrame;
import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameKind;
import java.lang.foreign.MemorySegment;

/**
 * Long and synchronous messages: announced, and sent in fragments straight from the sender's buffer into the
 * receiver's once a receive has matched.
 *
 * <pre>
 *   sender    READY_TO_SEND(size, s) ───────────────▶   kept, or matched by a receive
 *             ◀─────────────────── CLEAR_TO_SEND(accepted, s, r)
 *             FRAGMENT(position, r) … FRAGMENT(position, r) ───▶  done when all accepted bytes are there
 * </pre>
 */
final class RendezvousProtocol {
    /** Longest fragment, in bytes: short enough for the caches, so that both ends copy at the same time. */
    static final int FRAGMENT = Integer.getInteger("muster.fragment", 32 << 10);

    /** The first fragment, in bytes: short, so that the receiver begins to copy early; then they grow. */
    private static final int FIRST_FRAGMENT = 8 << 10;

    private final Peers peers;
    private final Matcher matcher;
    private final Handles<SendOperation> sends = new Handles<>();
    private final Handles<ReceiveOperation> receives = new Handles<>();

    RendezvousProtocol(Peers peers, Matcher matcher) {
        this.peers = peers;
        this.matcher = matcher;
    }

    /** Announces a message; false when the link has no room now. */
    boolean announce(Peer peer, SendOperation send) {
        int handle = sends.add(send);
        if (!peer.link.offer(peers.out.message(FrameKind.READY_TO_SEND, send.context, send.tag, send.bytes, handle))) {
            sends.remove(handle);
            return false;
        }
        send.handle = handle;
        return true;
    }

    /** A peer has announced a message. */
    void onAnnounced(int source, Frame frame) {
        ReceiveOperation receive = matcher.arrive(frame.context, source, frame.tag);
        if (receive == null) {
            matcher.keep(new Unexpected(frame.context, source, frame.tag, frame.size, frame.senderHandle, null));
        } else {
            accept(receive, source, frame.tag, frame.size, frame.senderHandle);
        }
    }

    /** A receive has been given a message that was announced before. */
    void take(ReceiveOperation receive, Unexpected message) {
        accept(receive, message.source, message.tag, message.size, message.senderHandle);
    }

    /** A message is dropped that nobody will ask for: its sender need not keep it. */
    void drop(Unexpected message) {
        peers.control(message.source, FrameKind.CLEAR_TO_SEND, 0, message.senderHandle, 0);
    }

    private void accept(ReceiveOperation receive, int source, int tag, long size, int senderHandle) {
        receive.actualSource = source;
        receive.actualTag = tag;
        receive.size = size;
        receive.agreed = receive.storedBytes();
        if (receive.agreed > 0) {
            receive.handle = receives.add(receive);
        }
        peers.control(source, FrameKind.CLEAR_TO_SEND, receive.agreed, senderHandle, receive.handle);
        receive.done = receive.agreed == 0;
    }

    /** The receiver has asked for a message. */
    void onAccepted(int source, Frame frame) {
        SendOperation send = sends.get(frame.senderHandle);
        if (send == null || send.destination != source || frame.size < 0 || frame.size > send.bytes) {
            throw new BadFrame("leave to send " + frame.size + " bytes of operation " + frame.senderHandle
                    + ", which was not asked for");
        }
        sends.remove(frame.senderHandle);
        send.receiverHandle = frame.receiverHandle;
        send.agreed = frame.size;
        if (send.agreed == 0) {
            send.done = true;
            return;
        }
        Peer peer = peers.of(send.destination);
        peer.fragments.add(send);
        push(peer);
        if (!peer.idle()) {
            peers.markBusy(peer);
        }
    }

    /** Sends fragments while the link has room; returns how many. */
    int push(Peer peer) {
        int count = 0;
        int longest = Math.min(FRAGMENT, peer.link.maxPayload());
        SendOperation send = peer.fragments.peek();
        while (send != null) {
            long step = Math.min(longest, Math.max(FIRST_FRAGMENT, send.moved));
            int length = (int) Math.min(step, send.agreed - send.moved);
            Frame frame = peers.out
                    .control(FrameKind.FRAGMENT, send.moved, 0, send.receiverHandle)
                    .payload(send.base, send.offset + send.moved, length);
            if (!peer.link.offer(frame)) {
                return count;
            }
            count++;
            send.moved += length;
            if (send.moved == send.agreed) {
                send.done = true;
                peer.fragments.remove();
                send = peer.fragments.peek();
            }
        }
        return count;
    }

    /** Bytes of a message have come. */
    void onFragment(int source, Frame frame) {
        ReceiveOperation receive = receives.get(frame.receiverHandle);
        if (receive == null
                || receive.actualSource != source
                || frame.size != receive.moved
                || frame.length == 0
                || frame.length > receive.agreed - receive.moved) {
            throw new BadFrame(frame.length + " bytes from " + frame.size + " on for operation " + frame.receiverHandle
                    + ", which does not wait for them");
        }
        Memory.write(receive.base, receive.offset + frame.size, (MemorySegment) frame.base, frame.offset, frame.length);
        receive.moved += frame.length;
        if (receive.moved == receive.agreed) {
            receives.remove(frame.receiverHandle);
            receive.done = true;
        }
    }
}
