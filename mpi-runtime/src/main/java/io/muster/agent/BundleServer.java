package io.muster.agent;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Gives one file to other nodes, each of which shows a token that works once. It is started by the manager for as long
 * as nodes wait for the bundle, and ends with its standard input or at its deadline.
 *
 * <pre>
 * standard input     allow TOKEN          standard output    port PORT
 * (one line each)    …                    (one line each)    allowed
 * </pre>
 *
 * Who connects sends {@code TOKEN} and a line end, gets the bytes of the file and the end of the stream; without a
 * token that was allowed it gets nothing. The receiver checks what it got against a hash that it has from the manager,
 * so the content needs no protection on the way.
 */
public final class BundleServer implements Closeable {
    /** Letters of a token, which is 128 random bits in hexadecimal. */
    public static final int TOKEN_LETTERS = 32;

    private static final Duration TOKEN_DEADLINE = Duration.ofSeconds(20);
    private static final int MAX_RECEIVERS = 16;
    private static final int MAX_ALLOWED = 1024;
    private static final int BUFFER_BYTES = 1 << 17;

    private final ServerSocket server;
    private final FileChannel file;
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore receivers = new Semaphore(MAX_RECEIVERS);

    private BundleServer(ServerSocket server, FileChannel file) {
        this.server = server;
        this.file = file;
    }

    /**
     * Runs until standard input ends: {@code ADDRESS FILE SECONDS}. The file is opened at once, and may be gone
     * afterwards.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            System.err.println("bundle server: ADDRESS FILE SECONDS are wanted");
            System.exit(2);
            return;
        }
        try (BundleServer server = listen(arguments[0], Path.of(arguments[1]))) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread.ofPlatform().name("orders").daemon().start(() -> {
                try {
                    server.obey(System.in, System.out);
                } catch (IOException e) {
                    System.err.println("bundle server: " + e.getMessage());
                } finally {
                    ended.countDown();
                }
            });
            if (!ended.await(Long.parseLong(arguments[2]), TimeUnit.SECONDS)) {
                System.err.println("bundle server: its " + arguments[2] + " s are over");
            }
        }
        System.exit(0);
    }

    /** Binds to a port of its choice and begins to accept; nobody is allowed anything yet. */
    static BundleServer listen(String host, Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(host, 0), MAX_RECEIVERS);
        } catch (IOException e) {
            file.close();
            server.close();
            throw new IOException("cannot listen on " + host + ": " + e.getMessage(), e);
        }
        BundleServer listening = new BundleServer(server, file);
        // A platform thread: the port of a virtual one stays open until that thread has noticed that it is closed.
        Thread.ofPlatform().name("bundle-server").daemon().start(listening::acceptAll);
        return listening;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Says the port, then takes orders until their stream ends; blocks so long. */
    void obey(InputStream orders, PrintStream answers) throws IOException {
        answers.println("port " + port());
        answers.flush();
        BufferedReader lines = new BufferedReader(new InputStreamReader(orders, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String token = line.startsWith("allow ") ? line.substring("allow ".length()) : "";
            if (token.length() != TOKEN_LETTERS || allowed.size() >= MAX_ALLOWED) {
                throw new IOException("an order that is none, or one token too many");
            }
            allowed.add(token);
            answers.println("allowed");
            answers.flush();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                if (server.isClosed()) {
                    // Closed in between: nobody else ends this one.
                    drop(socket);
                } else if (receivers.tryAcquire()) {
                    Thread.ofVirtual().name("receiver").start(() -> {
                        try {
                            handle(socket);
                        } finally {
                            receivers.release();
                        }
                    });
                } else {
                    drop(socket);
                }
            } catch (IOException e) {
                // This connection is lost, or all is over; the receiver takes another source.
            }
        }
    }

    private void drop(Socket socket) throws IOException {
        open.remove(socket);
        socket.close();
    }

    private void handle(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) TOKEN_DEADLINE.toMillis());
            if (allowed.remove(token(socket.getInputStream()))) {
                send(socket.getOutputStream());
            }
        } catch (IOException e) {
            // The receiver is gone, or was a stranger; it knows itself what it lacks.
        } finally {
            open.remove(socket);
        }
    }

    private static String token(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(TOKEN_LETTERS + 1);
        boolean whole = bytes.length == TOKEN_LETTERS + 1 && bytes[TOKEN_LETTERS] == '\n';
        return whole ? new String(bytes, 0, TOKEN_LETTERS, StandardCharsets.US_ASCII) : "";
    }

    private void send(OutputStream out) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long position = 0;
        for (int read = file.read(buffer, position); read >= 0; read = file.read(buffer, position)) {
            out.write(bytes, 0, read);
            position += read;
            buffer.clear();
        }
    }

    /** Ends the port and every transfer. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        file.close();
    }
}
