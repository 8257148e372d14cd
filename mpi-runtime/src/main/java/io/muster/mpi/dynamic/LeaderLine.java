package io.muster.mpi.dynamic;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * What the leaders of two groups say to each other while their groups are being connected. One thread at a time.
 *
 * <pre>
 *   0      number of bytes (int, big endian), at most 2^26
 *   4      the bytes
 * </pre>
 */
public final class LeaderLine implements AutoCloseable {
    private static final int MAX_BYTES = 1 << 26;

    private final Socket socket;
    private final byte[] key;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** Owns {@code socket}, whose ends both know {@code key}. */
    LeaderLine(Socket socket, byte[] key) throws IOException {
        this.socket = socket;
        this.key = key.clone();
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    DataInputStream in() {
        return in;
    }

    DataOutputStream out() {
        return out;
    }

    /** What both ends know and nobody else. */
    public byte[] key() {
        return key.clone();
    }

    /** Sends {@code mine}, and returns what the other leader sends. Blocks until that has come. */
    public byte[] swap(byte[] mine) throws IOException {
        out.writeInt(mine.length);
        out.write(mine);
        out.flush();
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("the other leader announced " + length + " bytes");
        }
        byte[] theirs = in.readNBytes(length);
        if (theirs.length < length) {
            throw new IOException("the other leader closed the line");
        }
        return theirs;
    }

    /** Closes; a failure to do so changes nothing, the connection is gone either way. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
