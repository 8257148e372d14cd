package io.muster.bootstrap.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** An SSH channel in the shape of a connected socket, so that TLS can be laid over it. */
final class ChannelSocket extends Socket {
    private final DirectConnection channel;
    private final ChannelInput in;
    private final OutputStream out;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int timeoutMs;

    ChannelSocket(DirectConnection channel) {
        this.channel = channel;
        this.in = new ChannelInput(channel.getInputStream(), () -> timeoutMs);
        this.out = new FlushedOutput(channel.getOutputStream());
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
        out.close();
    }

    /** Ends both directions at once; the good-bye to the peer goes on in the background. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            in.close();
            Thread.ofVirtual().start(() -> {
                try {
                    channel.close();
                } catch (IOException e) {
                    // The connection is gone, and the channel with it.
                }
            });
        }
    }

    @Override
    public boolean isClosed() {
        return closed.get() || !channel.isOpen();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return channel.getRemotePort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(getInetAddress(), getPort());
    }

    @Override
    public void setSoTimeout(int timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMs;
    }

    /** Every write is sent at once, whatever is set here. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    /** The session keeps itself alive, whatever is set here. */
    @Override
    public void setKeepAlive(boolean on) {}

    private static final class FlushedOutput extends FilterOutputStream {
        FlushedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            out.flush();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
