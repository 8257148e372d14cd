package io.muster.bootstrap.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.Semaphore;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the socket of one connection, and lets its handshake begin when the server has said something and a place is
 * free. Closing this frees the place, not the socket.
 */
final class HandshakeSlot extends SocketFactory implements AutoCloseable {
    private final Semaphore places;
    private final int greetingTimeoutMs;
    private boolean taken;

    HandshakeSlot(Semaphore places, int greetingTimeoutMs) {
        this.places = places;
        this.greetingTimeoutMs = greetingTimeoutMs;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            private @Nullable PushbackInputStream in;

            @Override
            public void connect(SocketAddress address, int timeoutMs) throws IOException {
                super.connect(address, timeoutMs);
                awaitGreeting(this, getInputStream());
            }

            @Override
            public InputStream getInputStream() throws IOException {
                if (in == null) {
                    in = new PushbackInputStream(super.getInputStream(), 1);
                }
                return in;
            }
        };
    }

    private void awaitGreeting(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(greetingTimeoutMs);
        int first = in.read();
        if (first >= 0 && in instanceof PushbackInputStream unread) {
            unread.unread(first);
        }
        try {
            places.acquire();
            taken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a handshake");
        }
    }

    @Override
    public void close() {
        if (taken) {
            taken = false;
            places.release();
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("only unconnected sockets are made here");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket("", port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket("", port);
    }
}
