package io.muster.agent;

import io.muster.host.HostCommand;
import io.muster.launch.DurableFile;
import io.muster.launch.Guardian;
import io.muster.launch.OwnProcesses;
import io.muster.launch.Posix;
import io.muster.launch.ProcessMark;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.SecureListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent of a node. It keeps its state in {@code .muster/node/agent} below the folder that it is started in, with
 * the cluster's certificate and key from {@code .muster/node/keys}; when it listens, the port stands in {@code port}
 * and more in {@code agent.json}.
 */
public final class AgentMain {
    private static final Duration FIRST_CALLS = Duration.ofSeconds(5);

    private static final Duration OLD_ONES_DEADLINE = Duration.ofSeconds(10);

    private AgentMain() {}

    /**
     * Runs until it is asked to end: {@code --cluster NAME --node NAME --host ADDRESS [--port PORT] [--folder FOLDER]
     * [--keys FOLDER]}. A second agent of the same folder says where the first one listens and exits with 0.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        AgentOptions options;
        try {
            options = AgentOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("agent: " + e.getMessage());
            System.exit(2);
            return;
        }
        Files.createDirectories(options.folder());
        try (FileChannel lockFile = FileChannel.open(
                        options.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.tryLock()) {
            if (lock == null) {
                Path port = options.folder().resolve("port");
                System.out.println("an agent runs here already, at port "
                        + (Files.exists(port) ? Files.readString(port).strip() : "(not known yet)"));
                return;
            }
            run(options);
        }
    }

    private static void run(AgentOptions options) throws IOException, InterruptedException {
        AgentLog log = new AgentLog(options.folder());
        boolean ownSession = Posix.setsid();
        boolean deaf = Posix.ignoreHangUp();
        ClusterIdentity identity = ClusterIdentity.load(options.keys());
        endOldOnes(options.folder());
        ProcessMark mark = ProcessMark.random("AGENT");
        DurableFile.write(options.folder().resolve("mark"), mark.text().getBytes(StandardCharsets.US_ASCII));
        try (Guardian guardian = Guardian.start(mark, List.of(), log)) {
            Jobs jobs = new Jobs(options.folder(), options.keys(), mark, log);
            jobs.closeUnfinished();
            CountDownLatch stop = new CountDownLatch(1);
            Lifetime lifetime = new Lifetime(options.folder(), stop::countDown, log);
            lifetime.resume();
            NodeFacts facts = new NodeFacts(options, jobs);
            AgentService service = new AgentService(
                    jobs,
                    new Receiving(options.folder()),
                    facts::describe,
                    facts::setMembers,
                    lifetime,
                    identity,
                    stop::countDown);
            Map<String, String> markVariables = new HashMap<>();
            mark.putInto(markVariables);
            NameTable names = new NameTable();
            HostService ranks = new HostService(
                    jobs, markVariables, new ClusterNames(names, options.node(), facts::members, identity), log);
            try (SecureListener listener = SecureListener.listen(
                    options.host(),
                    options.port(),
                    identity,
                    Map.of(
                            AgentCall.SERVICE,
                            service::serve,
                            HostCommand.SERVICE,
                            ranks::serve,
                            NameCall.SERVICE,
                            names::serve),
                    log)) {
                announce(options, facts, listener.port());
                adoptOrphans(log);
                log.accept("listening on " + options.host() + ":" + listener.port() + ", own session: " + ownSession
                        + ", deaf to hang-ups: " + deaf + ", guardian " + guardian.pid());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> farewell(options, mark, log), "farewell"));
                stop.await();
            }
        }
        // Virtual threads of conversations end with the process.
        System.exit(0);
    }

    /** What an agent before left behind, if its guardian was killed, too. */
    private static void endOldOnes(Path folder) throws IOException {
        Path file = folder.resolve("mark");
        if (Files.exists(file)) {
            String[] parts = Files.readString(file).split("=", 2);
            if (parts.length == 2 && !parts[1].isBlank()) {
                new ProcessMark(parts[0], parts[1].strip()).killAll(OLD_ONES_DEADLINE);
            }
        }
    }

    /** After the calls of a bootstrap, as it costs a JVM that has just started a tenth of a second; a job is sooner. */
    private static void adoptOrphans(AgentLog log) {
        Thread.ofVirtual().name("adopt-orphans").start(() -> {
            LockSupport.parkNanos(FIRST_CALLS.toNanos());
            if (!OwnProcesses.adopt()) {
                log.accept("processes that drop their environment and session will outlive their job: prctl failed");
            }
        });
    }

    private static void announce(AgentOptions options, NodeFacts facts, int port) throws IOException {
        facts.listening(port);
        DurableFile.write(
                options.folder().resolve("agent.json"),
                ("{\"pid\": " + ProcessHandle.current().pid() + ", \"port\": " + port + ", \"startedAtMillis\": "
                                + facts.startedAtMillis() + "}\n")
                        .getBytes(StandardCharsets.UTF_8));
        DurableFile.write(options.folder().resolve("port"), (port + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void farewell(AgentOptions options, ProcessMark mark, AgentLog log) {
        mark.killAll(OLD_ONES_DEADLINE);
        try {
            Files.deleteIfExists(options.folder().resolve("port"));
            Files.deleteIfExists(options.folder().resolve("agent.json"));
        } catch (IOException e) {
            log.accept("cannot remove the file with the port: " + e.getMessage());
        }
        log.accept("ended");
    }
}
