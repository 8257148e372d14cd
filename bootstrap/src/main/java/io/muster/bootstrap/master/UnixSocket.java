package io.muster.bootstrap.master;

import io.muster.bootstrap.ssh.ChannelInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** A connected Unix socket in the shape of a {@link Socket}, which the JDK does not have. */
final class UnixSocket extends Socket {
    private final SocketChannel channel;
    private final SocketAddress peer;
    private final ChannelInput in;
    private final OutputStream out;
    private volatile int timeoutMs;

    /**
     * Takes over the channel, which is connected and blocks.
     *
     * @param peer who is at the other end, for messages
     */
    UnixSocket(SocketChannel channel, String peer) {
        this.channel = channel;
        this.peer = new Named(peer);
        this.in = new ChannelInput(Channels.newInputStream(channel), () -> timeoutMs);
        this.out = Channels.newOutputStream(channel);
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        in.close();
        channel.close();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return peer;
    }

    @Override
    public void setSoTimeout(int timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMs;
    }

    /** There is nothing to wait for, whatever is set here. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    /** The address of a peer that has none. */
    private static final class Named extends SocketAddress {
        private static final long serialVersionUID = 1;

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
