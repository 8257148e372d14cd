package io.muster.host;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.wireup.RankAddress;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ranks of MPJ Express take for its {@code mpjrun}: its device {@code niodev} tells it, over loopback, the two
 * ports that a rank listens on, and waits for those of all ranks. Thread-safe.
 *
 * <pre>
 *  rank                                     here
 *   | --- UTF, write port, read port, rank --> |  told as an event
 *   | <-- #Peer Information;HOST@…;HOST@… ---- |  when the ports of all ranks are known
 * </pre>
 */
final class MpjExpressWireUp implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Above it a message is announced before it is sent; the library's own default. */
    private static final int PROTOCOL_SWITCH_BYTES = 128 << 10;

    private static final String DEVICE = "niodev";
    private static final String JAR = "mpj.jar";

    /** Where the archive of its makers and the packages of Linux distributions put it. */
    private static final List<String> USUAL_HOMES =
            List.of("/usr/share/mpj", "/opt/mpj", "/opt/mpj-express", "/usr/local/mpj");

    private static final Path LOG4J_OF_DEBIAN = Path.of("/usr/share/java");
    private static final String SETTINGS = """
            mpjexpress.mpi.loglevel=OFF
            mpjexpress.mpi.old.collectives=false
            """;

    private final RankHostOrder order;
    private final ServerSocket server;
    private final Consumer<RankAddress> listener;
    private final Map<Integer, Socket> waiting = new ConcurrentHashMap<>();

    private volatile boolean known;

    private MpjExpressWireUp(RankHostOrder order, ServerSocket server, Consumer<RankAddress> listener) {
        this.order = order;
        this.server = server;
        this.listener = listener;
    }

    /** Listens; {@code listener} gets the address of each rank of this node, from several threads. */
    static MpjExpressWireUp listen(RankHostOrder order, Consumer<RankAddress> listener) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                order.ranks().size());
        MpjExpressWireUp wireUp = new MpjExpressWireUp(order, server, listener);
        Thread.ofVirtual().name("mpj-wire-up").start(wireUp::accept);
        return wireUp;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket rank = server.accept();
                Thread.ofVirtual().name("mpj-rank").start(() -> hear(rank));
            } catch (IOException e) {
                // Closed, or a connection that broke at once: its rank says so itself.
            }
        }
    }

    private void hear(Socket socket) {
        try {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readUTF();
            int writePort = in.readInt();
            int readPort = in.readInt();
            int rank = in.readInt();
            if (!order.ranks().contains(rank) || waiting.putIfAbsent(rank, socket) != null) {
                socket.close();
                return;
            }
            listener.accept(new RankAddress(
                    rank, order.nodeIndex(), order.nodeAddress(), writePort, readPort, 0, Optional.empty()));
        } catch (IOException e) {
            closeQuietly(socket);
        }
    }

    /** Gives the ranks that wait here the ports of all, in rank order. */
    void sendTable(List<RankAddress> addresses) {
        String table = addresses.stream()
                .map(rank -> String.join(
                        "@",
                        rank.host(),
                        Integer.toString(rank.secondPort()),
                        Integer.toString(rank.port()),
                        Integer.toString(rank.rank())))
                .collect(Collectors.joining(";", "#Peer Information;", ""));
        known = true;
        for (Socket rank : waiting.values()) {
            try {
                DataOutputStream out = new DataOutputStream(rank.getOutputStream());
                out.writeUTF(table);
                out.flush();
            } catch (IOException e) {
                // The rank is gone, which its own end tells.
                closeQuietly(rank);
            }
        }
    }

    /** A rank is gone: those that still wait for the ports of all would do so for ever. */
    void sendLost() {
        if (!known) {
            waiting.values().forEach(MpjExpressWireUp::closeQuietly);
        }
    }

    /** The program as a rank of the library calls it: with three arguments before its own, which Init takes away. */
    Program program(int rank) {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(rank),
                "#Number of Processes;" + order.size() + ";#Protocol Switch Limit;" + PROTOCOL_SWITCH_BYTES
                        + ";#Server Name;127.0.0.1;#Server Port;" + server.getLocalPort(),
                DEVICE));
        arguments.addAll(order.program().arguments());
        return switch (order.program()) {
            case Program.Jar jar -> new Program.Jar(jar.jar(), jar.classPath(), arguments);
            case Program.MainClass main -> new Program.MainClass(main.mainClass(), main.classPath(), arguments);
            case Program.Command command -> command;
        };
    }

    /**
     * Makes the folder that the library looks for its settings in.
     *
     * @return variables for the ranks
     */
    static Map<String, String> settings(Path folder) throws IOException {
        Path home = folder.resolve("mpj");
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.writeString(conf.resolve("mpjexpress.conf"), SETTINGS, StandardCharsets.US_ASCII);
        Files.createDirectories(home.resolve("logs"));
        return Map.of("MPJ_HOME", home.toString());
    }

    /**
     * The jars of the library on this node.
     *
     * @throws IOException when it is not there; the message says where it was looked for
     */
    static List<Path> jars(MpiLibrary library) throws IOException {
        List<String> homes = library.homeHere()
                .map(List::of)
                .orElseGet(() -> Stream.concat(Stream.ofNullable(System.getenv("MPJ_HOME")), USUAL_HOMES.stream())
                        .toList());
        for (String home : homes) {
            Path lib = Path.of(home, "lib");
            if (Files.isRegularFile(lib.resolve(JAR))) {
                List<Path> jars = new ArrayList<>(List.of(lib.resolve(JAR)));
                log4j(List.of(lib, LOG4J_OF_DEBIAN)).ifPresent(jars::add);
                return jars;
            }
        }
        throw new IOException("there is no MPJ Express: no lib/" + JAR + " in "
                + String.join(" or ", homes)
                + "; install it on every node (package libmpj-java of Debian), or say in the sizing file where it is"
                + " (home: of the runtime)");
    }

    private static Optional<Path> log4j(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> found = files.filter(
                                    file -> file.getFileName().toString().matches("log4j-1\\.2.*\\.jar"))
                            .sorted()
                            .findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is expected from it any more.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // A listening socket is gone either way.
        }
        waiting.values().forEach(MpjExpressWireUp::closeQuietly);
    }
}
