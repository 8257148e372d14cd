package io.muster.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Makes connected sockets to one place, each a new one: straight over TCP, or through a tunnel. Thread-safe. */
@FunctionalInterface
public interface Dialer {
    /** Connects; blocks for at most {@code timeoutMs}. The caller owns the socket. */
    Socket dial(int timeoutMs) throws IOException;

    /** Straight over TCP. */
    static Dialer tcp(String host, int port) {
        return timeoutMs -> {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(host, port), timeoutMs);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        };
    }
}
