package io.muster.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an agent knows of itself and its node. Thread-safe. */
final class NodeFacts {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final String MEMORY_LINE = "MemTotal:";
    private static final long KIBIBYTE = 1024;

    private final AgentOptions options;
    private final Jobs jobs;
    private final long startedAtMillis = System.currentTimeMillis();
    private volatile int port;
    private volatile List<Member> members = List.of();

    NodeFacts(AgentOptions options, Jobs jobs) {
        this.options = options;
        this.jobs = jobs;
    }

    void listening(int atPort) {
        port = atPort;
    }

    void setMembers(List<Member> all) {
        members = List.copyOf(all);
    }

    List<Member> members() {
        return members;
    }

    long startedAtMillis() {
        return startedAtMillis;
    }

    AgentDescription describe() {
        return new AgentDescription(
                options.cluster(),
                options.node(),
                version(),
                ProcessHandle.current().pid(),
                port,
                startedAtMillis,
                System.currentTimeMillis(),
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                loadAverage(),
                jobs.active(),
                members);
    }

    private static String version() {
        String version = AgentMain.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static long memoryBytes() {
        return read(MEMORY)
                        .lines()
                        .filter(line -> line.startsWith(MEMORY_LINE))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .filter(digits -> !digits.isEmpty())
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                * KIBIBYTE;
    }

    private static double loadAverage() {
        String text = read(LOAD);
        return text.isBlank() ? 0 : Double.parseDouble(text.split(" ")[0]);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // A kernel that hides it: the fact is not known.
            return "";
        }
    }
}
