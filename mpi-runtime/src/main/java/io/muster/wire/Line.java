package io.muster.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames in both directions over a socket. Sending is thread-safe; one thread receives.
 *
 * <pre>
 *  0               4
 * +---------------+------------------+
 * | length (be32) | length bytes ... |
 * +---------------+------------------+
 * </pre>
 */
public final class Line implements AutoCloseable {
    /** Longest frame, in bytes; a longer one breaks the line. */
    public static final int MAX_FRAME_BYTES = 8 << 20;

    private static final int BUFFER_BYTES = 32 << 10;

    private final Socket socket;
    private final Socket carrier;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile int mostBytes = MAX_FRAME_BYTES;

    /** Takes over a plain socket, and closes it in the end. */
    public Line(Socket socket) throws IOException {
        this(socket, socket);
    }

    /**
     * Takes over a socket that is layered over another one.
     *
     * @param carrier the lower one; closing it ends a sender that the other side does not read from, which closing the
     *     upper one would wait for
     */
    public Line(Socket socket, Socket carrier) throws IOException {
        this.socket = socket;
        this.carrier = carrier;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
        carrier.setTcpNoDelay(true);
    }

    /**
     * Refuses longer frames from now on. Who has not shown who he is should not fill the memory.
     *
     * @param bytes {@value #MAX_FRAME_BYTES} at most
     */
    public void acceptAtMost(int bytes) {
        mostBytes = Math.min(bytes, MAX_FRAME_BYTES);
    }

    /** Sends a frame; blocks while the other side does not read. */
    public void send(byte[] frame) throws IOException {
        if (frame.length > MAX_FRAME_BYTES) {
            throw new WireException(frame.length + " bytes are too many for one frame; at most " + MAX_FRAME_BYTES);
        }
        sending.lock();
        try {
            out.writeInt(frame.length);
            out.write(frame);
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    /**
     * Waits for a frame. When the deadline passes, the line is of no use any more.
     *
     * @return empty when the other side closed the line between two frames
     */
    public Optional<byte[]> receive(Duration deadline) throws IOException {
        carrier.setSoTimeout(Math.clamp(deadline.toMillis(), 1, Integer.MAX_VALUE));
        try {
            return read();
        } catch (SocketTimeoutException e) {
            SocketTimeoutException better =
                    new SocketTimeoutException("nothing from " + peer() + " for " + deadline.toMillis() + " ms");
            better.initCause(e);
            throw better;
        }
    }

    /**
     * Waits for a frame as long as the line lives.
     *
     * @return empty when the other side closed the line between two frames
     */
    public Optional<byte[]> receive() throws IOException {
        carrier.setSoTimeout(0);
        return read();
    }

    private Optional<byte[]> read() throws IOException {
        try {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            if (length < 0 || length > mostBytes) {
                throw new WireException("a frame of " + length + " bytes arrived; at most " + mostBytes
                        + ". Is the other side Muster?");
            }
            byte[] frame = new byte[length];
            in.readFully(frame);
            return Optional.of(frame);
        } catch (EOFException e) {
            throw new IOException("the line from " + peer() + " was cut", e);
        }
    }

    /** The other end, for messages. */
    public String peer() {
        return String.valueOf(carrier.getRemoteSocketAddress());
    }

    /** Closes at once; what was sent before still arrives. */
    @Override
    public void close() {
        // Only the farewell: closing the upper socket would wait for the other side's. A sender that is stuck would
        // make even that wait.
        if (sending.tryLock()) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                closeCarrier();
            } finally {
                sending.unlock();
            }
        }
        closeCarrier();
    }

    private void closeCarrier() {
        try {
            carrier.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a socket failed", e);
        }
    }
}
