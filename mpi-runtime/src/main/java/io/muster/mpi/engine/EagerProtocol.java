package io.muster.mpi.engine;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameKind;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Short messages: sent whole, at once. The receiver keeps what it has not asked for yet, and the sender stops sending
 * eagerly to it when that reaches the credit; so memory is bounded at both ends when nobody receives.
 */
final class EagerProtocol {
    /** Longest message sent eagerly, in bytes. */
    static final int LIMIT = Integer.getInteger("muster.eager.limit", 16 << 10);

    private final Peers peers;
    private final Matcher matcher;

    EagerProtocol(Peers peers, Matcher matcher) {
        this.peers = peers;
        this.matcher = matcher;
    }

    static boolean fits(Peer peer, long bytes) {
        return bytes <= LIMIT && bytes <= peer.link.maxPayload() && peer.hasCredit(bytes);
    }

    /** Sends a message for which {@link #fits} holds; false when the link has no room now. */
    boolean offer(Peer peer, int context, int tag, Object base, long offset, long bytes) {
        Frame frame = peers.out.message(FrameKind.EAGER, context, tag, bytes, 0).payload(base, offset, (int) bytes);
        if (!peer.link.offer(frame)) {
            return false;
        }
        peer.sentEager(bytes);
        return true;
    }

    /** A whole message has come. */
    void onMessage(int source, Frame frame) {
        ReceiveOperation receive = matcher.arrive(frame.context, source, frame.tag);
        if (receive == null) {
            matcher.keep(new Unexpected(frame.context, source, frame.tag, frame.size, 0, copy(frame)));
        } else {
            finish(receive, source, frame.tag, frame.size, (MemorySegment) frame.base, frame.offset);
        }
    }

    /** A receive has been given a message that was kept. */
    void take(ReceiveOperation receive, Unexpected message, @Nullable MemorySegment payload) {
        finish(receive, message.source, message.tag, message.size, payload == null ? MemorySegment.NULL : payload, 0);
    }

    private void finish(ReceiveOperation receive, int source, int tag, long size, MemorySegment from, long at) {
        receive.actualSource = source;
        receive.actualTag = tag;
        receive.size = size;
        Memory.write(receive.base, receive.offset, from, at, receive.storedBytes());
        receive.done = true;
        giveCreditBack(source, size);
    }

    /** A message is dropped that nobody will ask for. */
    void drop(Unexpected message) {
        giveCreditBack(message.source, message.size);
    }

    private void giveCreditBack(int source, long size) {
        long told = peers.of(source).tookEager(size);
        if (told > 0) {
            peers.control(source, FrameKind.CREDIT, told, 0, 0);
        }
    }

    private static MemorySegment copy(Frame frame) {
        if (frame.length == 0) {
            return MemorySegment.NULL;
        }
        MemorySegment kept = MemorySegment.ofArray(new byte[frame.length]);
        Memory.read(frame.base, frame.offset, kept, 0, frame.length);
        return kept;
    }
}
