package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.bootstrap.master.AgentPlace;
import io.muster.bootstrap.master.MasterClient;
import io.muster.bootstrap.master.MasterMain;
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
 * The process that keeps connections to nodes between commands: how it is found and started. A command that cannot have
 * one works without.
 *
 * @param client reaches it
 * @param command starts it; its last words are for the client's socket and for {@code idle}
 * @param folder it runs there, and writes what it prints to {@code master.log}
 * @param idle how long it waits for the next command
 */
public record MasterProcess(MasterClient client, List<String> command, Path folder, Duration idle) {
    /** Environment variable: how long connections are kept, as {@code 10m}; {@code 0} for not at all. */
    public static final String VARIABLE = "MUSTER_KEEP_CONNECTIONS";

    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LOGIN = Duration.ofSeconds(10);

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
            // Another build of Muster may speak another language: its master has another name.
            Path socket = home.run().resolve("master-" + build(RuntimeHome.jar()));
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MasterClient.MAX_PATH_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new MasterProcess(new MasterClient(socket), command(Path.of(dist)), home.run(), idle));
        } catch (IOException e) {
            return Optional.empty();
        }
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

    private static List<String> command(Path dist) {
        List<String> words =
                new ArrayList<>(List.of("setsid", RuntimeHome.java().toString()));
        Path cache = dist.resolve("lib/muster.aot");
        if (Files.isRegularFile(cache)) {
            words.add("-XX:AOTCache=" + cache);
        }
        words.addAll(RuntimeHome.quietOptions());
        words.addAll(List.of(
                "-Xms32m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.reflect.useNativeAccessorOnly=true",
                "-Djava.util.logging.config.file=" + dist.resolve("lib/logging.properties"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MasterMain.class.getName()));
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
