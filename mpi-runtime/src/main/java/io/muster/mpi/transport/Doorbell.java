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
 * Where a rank sleeps: what arrives over TCP wakes it, and so does a rank that shares memory with it.
 *
 * <p>Without TCP links it sleeps at a futex, once that is loaded (see {@link Sleepers}); else in a selector, where
 * ranks that share memory ring by a datagram over loopback with the token that the sleeper has put into shared memory.
 * Any other datagram is ignored.
 *
 * <p>One thread falls asleep, sleeps and wakes; others may ring, wake it, register channels and close meanwhile.
 */
public final class Doorbell implements AutoCloseable {
    private static final int RING_BYTES = Long.BYTES;

    private final Selector selector = Selector.open();
    private final ByteBuffer received = ByteBuffer.allocateDirect(RING_BYTES);
    private final ByteBuffer sent = ByteBuffer.allocateDirect(RING_BYTES);
    private @Nullable DatagramChannel bell;
    private long token;
    private volatile @Nullable Sleepers sleepers;
    private volatile boolean watching;
    private volatile boolean closed;
    private volatile int sleeps;
    private boolean atFutex;
    private boolean woken;

    public Doorbell() throws IOException {}

    /** From now on whoever shares memory with this rank wakes it. The caller looks once more before it sleeps. */
    public void fallAsleep() {
        Sleepers mine = sleepers;
        if (mine != null) {
            atFutex = !watching && mine.canSleepAtFutex();
            mine.fallAsleep(atFutex);
        }
    }

    /** This rank polls again by itself. */
    public void awake() {
        Sleepers mine = sleepers;
        if (mine != null) {
            mine.awake();
        }
    }

    /** How often it was slept here. Any thread. */
    public int sleeps() {
        return sleeps;
    }

    /** Sleeps until something may have arrived since {@link #fallAsleep}, at most {@code nanos}. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the one thread that sleeps counts
    public void await(long nanos) {
        sleeps++;
        Sleepers mine = sleepers;
        if (closed) {
            return;
        }
        if (atFutex && mine != null) {
            mine.awaitAtFutex(nanos);
            return;
        }
        // A selector does not sleep for a thread that was interrupted; MPI calls do not end early.
        boolean interrupted = Thread.interrupted();
        try {
            select(nanos);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Wakes the sleeper, or has its next sleep end at once. Any thread. */
    public synchronized void wakeUp() {
        if (closed) {
            return;
        }
        if (sleepers != null) {
            sleepers.wakeMe();
        }
        selector.wakeup();
    }

    /** Loads the futex; returns whether this system has it. Takes a while, on a thread that nobody waits for. */
    public static boolean loadFutex() {
        return Futex.load();
    }

    /** From now on this rank wakes others at their futexes: {@link #loadFutex} has succeeded. */
    public synchronized void useFutex() {
        if (!closed && sleepers != null) {
            sleepers.wakesByFutex();
        }
    }

    private void select(long nanos) {
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
            closed = true;
        }
    }

    /** Has what arrives on {@code channel} wake the sleeper. */
    SelectionKey watch(SocketChannel channel) throws IOException {
        watching = true;
        return channel.register(selector, SelectionKey.OP_READ);
    }

    /** Has the ranks that share memory with this one wake it. */
    synchronized void attach(Sleepers ofThisRank) {
        sleepers = ofThisRank;
    }

    /** Ends that, before the memory goes. */
    synchronized void detach() {
        wakeUp();
        sleepers = null;
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

    /** Ends a sleep; there are none any more. */
    @Override
    public synchronized void close() {
        wakeUp();
        closed = true;
        TcpTransport.closeQuietly(selector);
        if (bell != null) {
            TcpTransport.closeQuietly(bell);
        }
    }

    /** What others need to ring here. */
    record Bell(int port, long token) {}
}
