package io.muster.bootstrap.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * What a channel receives, read with a timeout, which neither SSHJ's own stream nor that of a socket channel has: a
 * virtual thread moves the bytes into a ring, and the reader waits at the ring.
 */
public final class ChannelInput extends InputStream {
    private static final int RING_BYTES = 64 * 1024;

    private final IntSupplier timeoutMs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[RING_BYTES];
    private int start;
    private int count;
    private boolean ended;
    private boolean closed;

    /**
     * Begins to read the channel.
     *
     * @param timeoutMs asked at each read; 0 waits for ever
     */
    public ChannelInput(InputStream channel, IntSupplier timeoutMs) {
        this.timeoutMs = timeoutMs;
        Thread.ofVirtual().name("channel-input").start(() -> pump(channel));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitBytes();
            if (count == 0) {
                return -1;
            }
            int size = Math.min(Math.min(length, count), RING_BYTES - start);
            System.arraycopy(ring, start, bytes, offset, size);
            start = (start + size) % RING_BYTES;
            count -= size;
            changed.signalAll();
            return size;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of a waiting reader and of the thread that reads the channel. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitBytes() throws IOException {
        int limitMs = timeoutMs.getAsInt();
        long leftNanos = limitMs == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(limitMs);
        try {
            while (count == 0 && !ended && !closed) {
                if (leftNanos <= 0) {
                    throw new SocketTimeoutException("nothing to read in " + limitMs + " ms");
                }
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private void pump(InputStream channel) {
        byte[] chunk = new byte[RING_BYTES / 2];
        try {
            int read = channel.read(chunk);
            while (read >= 0 && put(chunk, read)) {
                read = channel.read(chunk);
            }
        } catch (IOException e) {
            // The connection is gone; the reader gets what had arrived, and then the end.
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean put(byte[] chunk, int length) {
        lock.lock();
        try {
            while (RING_BYTES - count < length) {
                if (closed) {
                    return false;
                }
                changed.awaitUninterruptibly();
            }
            int end = (start + count) % RING_BYTES;
            int first = Math.min(length, RING_BYTES - end);
            System.arraycopy(chunk, 0, ring, end, first);
            System.arraycopy(chunk, first, ring, 0, length - first);
            count += length;
            changed.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
