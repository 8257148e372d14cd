package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.launch.Folders;
import io.muster.launch.MpiLibrary;
import io.muster.launch.ProcessMark;
import io.muster.launch.Program;
import io.muster.launch.RuntimeHome;
import io.muster.launch.StandardInput;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.RankPlacement;
import io.muster.supervisor.SupervisorMain;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Agents as processes of their own on loopback, and what a manager does with them. */
final class TestCluster implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private final ProcessMark mark = ProcessMark.random("TEST");
    /** Makes the ids of this cluster's jobs its own, as other clusters may live on this machine. */
    final String unique = mark.value().substring(0, 8);

    final ClusterIdentity identity;
    final List<Process> agents = new ArrayList<>();

    private TestCluster(Path folder) throws IOException {
        this.folder = folder;
        TestIdentity.make(folder.resolve("keys"));
        this.identity = ClusterIdentity.load(folder.resolve("keys"));
    }

    static TestCluster start(Path folder, int nodes) throws IOException {
        TestCluster cluster = new TestCluster(folder);
        for (int i = 0; i < nodes; i++) {
            cluster.agents.add(cluster.launch(i));
        }
        for (int i = 0; i < nodes; i++) {
            cluster.port(i);
        }
        return cluster;
    }

    private Process launch(int index) throws IOException {
        Path home = home(index);
        Files.createDirectories(home);
        ProcessBuilder builder = new ProcessBuilder(
                        RuntimeHome.java().toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        RuntimeHome.jar().toString(),
                        AgentMain.class.getName(),
                        "--cluster",
                        "test",
                        "--node",
                        "n" + index,
                        "--host",
                        "127.0.0.1",
                        "--keys",
                        folder.resolve("keys").toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("agent.out").toFile());
        mark.putInto(builder.environment());
        return builder.start();
    }

    /** Starts the agent of a node once more; a second one says that it is not needed. */
    Process again(int index) throws IOException {
        return launch(index);
    }

    void restart(int index) throws IOException {
        Files.deleteIfExists(portFile(index));
        agents.set(index, launch(index));
        port(index);
    }

    Path home(int index) {
        return folder.resolve("n" + index);
    }

    private Path portFile(int index) {
        return home(index).resolve(".muster/node/agent/port");
    }

    int port(int index) throws IOException {
        await().atMost(DEADLINE).until(() -> Files.exists(portFile(index)));
        return Integer.parseInt(Files.readString(portFile(index)).strip());
    }

    String output(int index) {
        try {
            return Files.readString(home(index).resolve("agent.out"));
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    AgentClient client(int index) throws IOException {
        return AgentClient.connect("127.0.0.1", port(index), identity, Duration.ofSeconds(20));
    }

    JobOrder order(String jobName, Program program, int ranks) throws IOException {
        return order(jobName, program, ranks, Optional.empty());
    }

    /** Ranks round the nodes. */
    JobOrder order(String jobName, Program program, int ranks, Optional<Duration> wallTime) throws IOException {
        List<JobNode> nodes = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            nodes.add(new JobNode("n" + i, "127.0.0.1", port(i)));
        }
        return new JobOrder(
                id(jobName),
                program,
                nodes,
                IntStream.range(0, ranks)
                        .mapToObj(rank -> new RankPlacement(rank, rank % nodes.size()))
                        .toList(),
                Map.of("MUSTER_TEST", "yes"),
                List.of(),
                MpiLibrary.MUSTER,
                new StandardInput.Empty(),
                wallTime);
    }

    /** The id that a job of this name has. */
    String id(String jobName) {
        return jobName + "-" + unique;
    }

    static Program sh(String script) {
        return new Program.Command("sh", List.of("-c", script));
    }

    /** What came out of a job. */
    record Result(List<JobEvent> events) {
        JobOutcome outcome() {
            return ((JobEvent.Ended) events.getLast()).outcome();
        }

        String output(int rank) {
            return events.stream()
                    .filter(JobEvent.Output.class::isInstance)
                    .map(JobEvent.Output.class::cast)
                    .filter(output -> output.rank() == rank)
                    .map(output -> new String(output.bytes(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining());
        }
    }

    Result run(JobOrder order) throws IOException {
        try (AgentClient head = client(0)) {
            head.submit(order);
            return follow(head, order.jobId().replace("-" + unique, ""));
        }
    }

    Result follow(AgentClient head, String jobName) throws IOException {
        List<JobEvent> events = new CopyOnWriteArrayList<>();
        assertThat(head.follow(id(jobName), 0, entry -> events.add(entry.event())))
                .isTrue();
        return new Result(events);
    }

    /** Waits until a rank has written something, and gives the ids of the ranks' processes. */
    Map<Integer, Long> awaitOutput(AgentClient head, String jobName, int rank) throws IOException {
        Map<Integer, Long> pids = new HashMap<>();
        try {
            head.follow(id(jobName), 0, entry -> {
                switch (entry.event()) {
                    case JobEvent.RankStarted started -> pids.put(started.rank(), started.pid());
                    case JobEvent.Output output when output.rank() == rank -> throw new Seen();
                    case JobEvent.Ended ended -> throw new AssertionError("ended early: " + ended);
                    case JobEvent other -> {}
                }
            });
        } catch (Seen seen) {
            return pids;
        }
        throw new AssertionError("no output of rank " + rank);
    }

    private static final class Seen extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Nothing but agents, their guardians and a supervisor that waits for the next job is left. */
    void awaitNothingLeft(Set<Long> allowed) {
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(mark.find().stream().filter(pid -> !isSpare(pid))).isSubsetOf(allowed);
            assertThat(sharedFolders()).isEmpty();
        });
    }

    void awaitNothingLeft() {
        awaitNothingLeft(agents.stream().map(Process::pid).collect(Collectors.toSet()));
    }

    private static boolean isSpare(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .filter(line -> line.contains(SupervisorMain.SPARE) && !hasJournal(pid))
                .isPresent();
    }

    private static boolean hasJournal(long pid) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path link : links) {
                if (Files.readSymbolicLink(link).endsWith(SupervisorMain.JOURNAL_FILE)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // It has just ended.
            return false;
        }
    }

    List<ProcessHandle> supervisors() {
        return agents.get(0)
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("SupervisorMain"))
                .toList();
    }

    private Set<Path> sharedFolders() throws IOException {
        try (Stream<Path> all = Files.list(SHARED_MEMORY)) {
            return all.filter(each -> each.getFileName().toString().contains(unique))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() throws IOException {
        agents.forEach(Process::destroyForcibly);
        assertThat(mark.killAll(DEADLINE)).isEmpty();
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(sharedFolders()).isEmpty());
        Folders.delete(folder);
    }
}
