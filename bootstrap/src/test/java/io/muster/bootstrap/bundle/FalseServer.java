package io.muster.bootstrap.bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands where a bundle server should, takes its orders and does not what it should. */
public final class FalseServer {
    /** What it does to who comes. */
    enum Vice {
        /** Sends nothing and keeps the connection. */
        SILENT,
        /** Closes the connection. */
        EMPTY,
        /** Sends enough bytes, of something else. */
        CORRUPT,
        /** Sends a byte now and then. */
        SLOW
    }

    private static final int MUCH_BYTES = 200 << 20;

    private FalseServer() {}

    public static void main(String[] arguments) throws IOException {
        Vice vice = Vice.valueOf(arguments[0]);
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> accept(server, vice));
        System.out.println("port " + server.getLocalPort());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (orders.readLine() != null) {
            System.out.println("allowed");
        }
        System.exit(0);
    }

    private static void accept(ServerSocket server, Vice vice) {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> harm(socket, vice));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void harm(Socket socket, Vice vice) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            switch (vice) {
                case SILENT -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                case EMPTY -> {}
                case CORRUPT -> out.write(new byte[MUCH_BYTES]);
                case SLOW -> {
                    socket.setSoTimeout(200);
                    while (true) {
                        out.write(new byte[65536]);
                        pause(socket);
                    }
                }
            }
        } catch (IOException e) {
            // The receiver has enough.
        }
    }

    private static void pause(Socket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the receiver is gone");
            }
        } catch (java.net.SocketTimeoutException e) {
            // That was the pause.
        }
    }
}
