package io.muster.mpi.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a rank sleeps: what arrives over TCP wakes it, and so does a rank of the same node that rings. A ring is a
 * datagram over loopback with the token that the sleeper has put into shared memory; any other is ignored. One that is
 * lost costs no more than the rest of a sleep, which is short.
 */
public final class Doorbell implements AutoCloseable {
    private static final int RING_BYTES = Long.BYTES;

    private final Selector selector = Selector.open();
    private final ByteBuffer received = ByteBuffer.allocateDirect(RING_BYTES);
    private final ByteBuffer sent = ByteBuffer.allocateDirect(RING_BYTES);
    private @Nullable DatagramChannel bell;
    private long token;
    private boolean woken;

    public Doorbell() throws IOException {}

    /** Sleeps until something may have arrived, at most {@code nanos}. Others may ring and register meanwhile. */
    public void await(long nanos) {
        long end = System.nanoTime() + nanos;
        woken = false;
        try {
            for (long left = nanos; left > 0 && !woken; left = end - System.nanoTime()) {
                if (selector.select(this::onReady, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))) == 0) {
                    return;
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            // Nothing wakes this rank any more: the engine is closing, or it polls until it finds out what broke.
            woken = true;
        }
    }

    /** Has what arrives on {@code channel} wake the sleeper. */
    SelectionKey watch(SocketChannel channel) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ);
    }

    /** Opens the bell that ranks of this node ring. */
    Bell openBell() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        bell = channel;
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.register(selector, SelectionKey.OP_READ);
        token = new SecureRandom().nextLong();
        return new Bell(((InetSocketAddress) channel.getLocalAddress()).getPort(), token);
    }

    /** Rings at another rank of this node. One thread at a time. */
    void ring(SocketAddress address, long itsToken) {
        if (bell == null) {
            return;
        }
        try {
            sent.clear().putLong(itsToken).flip();
            bell.send(sent, address);
        } catch (IOException e) {
            // The sleeper is gone, or its queue is full and wakes it anyway.
            sent.clear();
        }
    }

    private void onReady(SelectionKey key) {
        if (key.channel() instanceof DatagramChannel rung) {
            drain(rung);
        } else {
            woken = true;
        }
    }

    private void drain(DatagramChannel channel) {
        try {
            while (channel.receive(received.clear()) != null) {
                received.flip();
                woken |= received.remaining() == RING_BYTES && received.getLong() == token;
            }
        } catch (IOException e) {
            woken = true;
        }
    }

    @Override
    public void close() {
        woken = true;
        TcpTransport.closeQuietly(selector);
        if (bell != null) {
            TcpTransport.closeQuietly(bell);
        }
    }

    /** What others need to ring here. */
    record Bell(int port, long token) {}
}
