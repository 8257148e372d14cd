package io.muster.mpi.engine;

import io.muster.mpi.transport.BadFrame;
import io.muster.mpi.transport.Frame;
import io.muster.mpi.transport.FrameKind;
import io.muster.mpi.transport.Link;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One other rank as the engine sees it: the link, what waits for room on it, and the eager credit in both directions.
 *
 * <p>Three lines wait: control frames go first, then first frames of messages in program order, then fragments of
 * messages that the receiver has asked for. So a long message never holds up the answers that the peer waits for.
 */
final class Peer {
    /** Counted for each eager message beside its bytes, so that many empty messages use up the credit too. */
    static final int MESSAGE_OVERHEAD = 64;

    final int rank;
    final Link link;
    final ArrayDeque<SendOperation> messages = new ArrayDeque<>();
    final ArrayDeque<SendOperation> fragments = new ArrayDeque<>();
    boolean saidGoodbye;
    boolean wasToldGoodbye;
    boolean gone;
    boolean busy;

    private final ArrayDeque<Control> control = new ArrayDeque<>();
    private final long credit;
    private long sentEager;
    private long takenEager;

    Peer(int rank, Link link, long credit) {
        this.rank = rank;
        this.link = link;
        this.credit = credit;
    }

    /** Whether nothing waits for room on the link. */
    boolean idle() {
        return control.isEmpty() && messages.isEmpty() && fragments.isEmpty();
    }

    /** Sends a control frame now, or keeps it until there is room. */
    void control(Frame frame, FrameKind kind, long size, int senderHandle, int receiverHandle) {
        if (!control.isEmpty() || !link.offer(frame.control(kind, size, senderHandle, receiverHandle))) {
            control.add(new Control(kind, size, senderHandle, receiverHandle));
        }
    }

    /** Pushes waiting control frames; false when there is no room for all of them. */
    boolean pushControl(Frame frame) {
        Control next = control.peek();
        while (next != null) {
            if (!link.offer(frame.control(next.kind, next.size, next.senderHandle, next.receiverHandle))) {
                return false;
            }
            control.remove();
            next = control.peek();
        }
        return true;
    }

    /** Whether an eager message of {@code bytes} stays within what the peer keeps for this rank unreceived. */
    boolean hasCredit(long bytes) {
        return sentEager + bytes + MESSAGE_OVERHEAD <= credit;
    }

    void sentEager(long bytes) {
        sentEager += bytes + MESSAGE_OVERHEAD;
    }

    /** The peer has told what it took. */
    void creditReturned(long bytes) {
        if (bytes <= 0 || bytes > sentEager) {
            throw new BadFrame("credit for " + bytes + " bytes; " + sentEager + " are out");
        }
        sentEager -= bytes;
    }

    /** An eager message of the peer was received: what to tell it now, or 0 to wait for more. */
    long tookEager(long bytes) {
        takenEager += bytes + MESSAGE_OVERHEAD;
        if (takenEager < credit / 4) {
            return 0;
        }
        long told = takenEager;
        takenEager = 0;
        return told;
    }

    @Nullable
    SendOperation firstMessage() {
        return messages.peek();
    }

    private record Control(FrameKind kind, long size, int senderHandle, int receiverHandle) {}
}
