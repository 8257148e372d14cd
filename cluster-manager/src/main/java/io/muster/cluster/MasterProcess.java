package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.bootstrap.master.AgentPlace;
import io.muster.bootstrap.master.MasterClient;
import io.muster.launch.RuntimeHome;
import io.muster.spec.TimeSpan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The process that keeps connections to nodes between commands, and runs commands: how it is found and started. A
 * command that cannot have one works without.
 *
 * @param client reaches it
 * @param command starts it; its last words are for the client's socket and for {@code idle}
 * @param folder it runs there, and writes what it prints to {@code master.log}
 * @param idle how long it waits for the next command
 */
public record MasterProcess(MasterClient client, List<String> command, Path folder, Duration idle) {
    /** Environment variable: how long connections are kept, as {@code 10m}; {@code 0} for not at all. */
    public static final String VARIABLE = "MUSTER_KEEP_CONNECTIONS";

    /** Main class of the process: the socket for commands to run, then what {@link #startFor} adds. */
    private static final String MAIN = "io.muster.cli.ResidentMain";

    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LOGIN = Duration.ofSeconds(10);
    private static final String COMMANDS = "commands";

    /** What fits into a pipe, whether the process reads it or not; the other nodes are logged in to when needed. */
    private static final int MAX_FIRST = 64;

    /** The one of this installation and home; empty when it is not wanted or cannot be. */
    public static Optional<MasterProcess> of(MusterHome home, Map<String, String> environment) {
        String dist = System.getProperty("muster.dist", "");
        Duration idle = idle(environment.getOrDefault(VARIABLE, ""));
        if (dist.isEmpty() || idle.isZero()) {
            return Optional.empty();
        }
        try {
            Path socket = socket(home, "master");
            Path commands = socket(home, COMMANDS);
            if (commands.toString().getBytes(StandardCharsets.UTF_8).length > MasterClient.MAX_PATH_BYTES) {
                return Optional.empty();
            }
            return Optional.of(
                    new MasterProcess(new MasterClient(socket), command(Path.of(dist), commands), home.run(), idle));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Where the process takes commands to run; empty where there can be none, as when the environment wants no
     * connections to be kept.
     */
    public static Optional<Path> commands(MusterHome home, Map<String, String> environment) throws IOException {
        boolean wanted = !environment.getOrDefault(VARIABLE, "").equals("0");
        boolean packed = !System.getProperty("muster.dist", "").isEmpty();
        return wanted && packed ? Optional.of(socket(home, COMMANDS)) : Optional.empty();
    }

    /** Another build of Muster may speak another language: its process has another name. */
    private static Path socket(MusterHome home, String name) throws IOException {
        Path manager = Path.of(System.getProperty("java.class.path"));
        return home.root().resolve("run").resolve(name + "-" + build(RuntimeHome.jar()) + build(manager));
    }

    private static Duration idle(String text) {
        if (text.isEmpty()) {
            return USUAL;
        }
        try {
            return text.equals("0") ? Duration.ZERO : TimeSpan.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "it is not clear how long connections are to be kept",
                    "environment variable " + VARIABLE,
                    String.valueOf(e.getMessage()),
                    "unset it for " + TimeSpan.print(USUAL) + ", or give 0 for not at all",
                    e);
        }
    }

    private static String build(Path jar) throws IOException {
        // Not the time of its last change: that is also when a local node linked it.
        Map<String, Object> file = Files.readAttributes(jar, "unix:ino,size,lastModifiedTime");
        return Long.toHexString(file.hashCode() & 0xffffffffL);
    }

    private static List<String> command(Path dist, Path commands) {
        List<String> words =
                new ArrayList<>(List.of("setsid", RuntimeHome.java().toString()));
        Path cache = dist.resolve("lib/muster.aot");
        if (Files.isRegularFile(cache)) {
            words.add("-XX:AOTCache=" + cache);
        }
        words.addAll(RuntimeHome.quietOptions());
        words.addAll(List.of(
                "-Xms32m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.reflect.useNativeAccessorOnly=true",
                "-Djava.util.logging.config.file=" + dist.resolve("lib/logging.properties"),
                "-Dmuster.dist=" + dist,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                commands.toString()));
        return words;
    }

    /** Starts it unless it runs or is not needed; does not wait until it serves. */
    void startFor(Map<AgentPlace, Integer> logins) {
        List<AgentPlace> places = logins.keySet().stream()
                .filter(AgentPlace::isWanted)
                .limit(MAX_FIRST)
                .toList();
        if (places.isEmpty() || client.isThere()) {
            return;
        }
        List<String> words = new ArrayList<>(command);
        words.add(client.socket().toString());
        words.add(Long.toString(idle.toMillis()));
        try {
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("master.log").toFile())
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                MasterClient.writeFirst(places, places.stream().map(logins::get).toList(), LOGIN, stdin);
            }
        } catch (IOException e) {
            // The next command logs in by itself.
        }
    }

    /** Has it end its connections to a cluster that is gone. */
    void forget(Path keys) {
        try {
            client.forget(keys);
        } catch (IOException e) {
            // It ended meanwhile, or sees by itself that the keys are gone.
        }
    }
}
