package io.muster.mpi.transport;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One TCP connection to a peer, non-blocking, with an off-heap buffer in each direction. One thread at a time. */
final class TcpLink implements Link {
    private static final int BUFFER = 256 << 10;
    private static final int MAX_PAYLOAD = 64 << 10;

    private final int peer;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final MemorySegment outMemory = MemorySegment.ofBuffer(out);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final MemorySegment inMemory = MemorySegment.ofBuffer(in);
    private final Frame frame = new Frame();

    // In out, bytes from sent to filled wait; in in, bytes from handled to in.position() wait.
    private int sent;
    private int filled;
    private int handled;
    private @Nullable String broken;
    private boolean told;
    private boolean used;

    /** Owns {@code channel}; {@code key} tells the rank's doorbell what to wake for. */
    TcpLink(int peer, SocketChannel channel, SelectionKey key) {
        this.peer = peer;
        this.channel = channel;
        this.key = key;
    }

    @Override
    public int maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public boolean awaitsGoodbye() {
        return used;
    }

    @Override
    public boolean offer(Frame next) {
        if (!used) {
            // That it ended means something from now on.
            used = true;
            told = false;
        }
        if (broken != null) {
            // Nobody is there to read it; whoever polls learns that the peer is lost.
            return true;
        }
        int length = FrameLayout.HEADER + next.length;
        if (BUFFER - filled < length) {
            flush();
            moveToFront();
            if (BUFFER - filled < length) {
                return false;
            }
        }
        outMemory.set(FrameLayout.INT, filled + FrameLayout.LENGTH_AT, length);
        FrameLayout.write(next, outMemory, filled);
        filled += length;
        flush();
        return true;
    }

    /** Writes what the connection takes; returns the bytes. */
    int flush() {
        if (sent == filled || broken != null) {
            return 0;
        }
        int count = 0;
        try {
            out.limit(filled).position(sent);
            count = channel.write(out);
            sent += count;
        } catch (IOException e) {
            broken = "its connection broke: " + e.getMessage();
        }
        if (sent == filled) {
            sent = 0;
            filled = 0;
        }
        return count;
    }

    /** Has the doorbell ring also for room, when something waits to be sent, and no more when the link is broken. */
    void fallAsleep() {
        if (broken != null) {
            key.cancel();
        } else {
            key.interestOps(sent == filled ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    boolean flushed() {
        return sent == filled || broken != null;
    }

    int poll(FrameHandler handler) {
        if (broken != null) {
            if (!told) {
                told = true;
                handler.onBroken(peer, broken);
            }
            return 0;
        }
        int work = sent == filled ? 0 : flush();
        try {
            int count = channel.read(in);
            if (count < 0) {
                broken = "its connection was closed";
                return 1;
            }
            return count == 0 ? work : work + deliver(handler);
        } catch (BadFrame e) {
            close();
            broken = "it sent " + e.getMessage();
            told = true;
            handler.onViolation(peer, broken);
            return 1;
        } catch (IOException e) {
            broken = "its connection broke: " + e.getMessage();
            return 1;
        }
    }

    private int deliver(FrameHandler handler) {
        int count = 0;
        int end = in.position();
        while (end - handled >= FrameLayout.HEADER) {
            int length = inMemory.get(FrameLayout.INT, handled + FrameLayout.LENGTH_AT);
            FrameLayout.checkLength(length, MAX_PAYLOAD);
            if (end - handled < length) {
                break;
            }
            FrameLayout.read(frame, inMemory, handled, length);
            handled += length;
            count++;
            used = true;
            handler.onFrame(peer, frame);
        }
        if (handled == end) {
            in.clear();
            handled = 0;
        } else if (BUFFER - handled < FrameLayout.HEADER + MAX_PAYLOAD) {
            in.limit(end).position(handled);
            in.compact();
            handled = 0;
        }
        // Arrived bytes are work even when they complete no frame: the rest is near.
        return Math.max(1, count);
    }

    private void moveToFront() {
        if (sent > 0) {
            out.limit(filled).position(sent);
            out.compact();
            filled -= sent;
            sent = 0;
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            broken = "its connection was closed: " + e.getMessage();
        }
    }
}
