package io.muster.distribution;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What cuts the start of a JVM to a fraction: an ahead-of-time cache (JEP 483, 514, 515) for each kind of process, with
 * its classes loaded and linked and the profiles of its methods.
 *
 * <p>What goes in is recorded from a real cluster with a real job: it runs on a copy of the distribution whose {@code
 * bin/java} is a script that has the JVM record. A cache fits every class path that begins with the jar it was made
 * for. Caches remember the times of jars: make them last.
 */
final class StartCaches {
    private static final String SPEC = "cluster: record\nprovider: local\nnodes: {count: 2, slots: 1}\n";

    /** What follows our jar on a class path is the user's, and differs each time. */
    private static final String ONLY_OUR_JAR = """
            last=
            for word; do
              shift
              [ "$last" != -cp ] || word=${word%%:*}
              last=$word
              set -- "$@" "$word"
            done
            """;

    /** A kind of process that has a cache of its own. */
    private enum Role {
        MANAGER("io.muster.cli.Rehearsal", "cluster-manager", "lib/muster.aot"),
        AGENT("io.muster.agent.AgentMain", "mpi-runtime", "runtime/lib/agent.aot"),
        SUPERVISOR("io.muster.supervisor.SupervisorMain", "mpi-runtime", "runtime/lib/supervisor.aot"),
        RANK("io.muster.bench.MpiBench", "mpi-runtime", "runtime/lib/rank.aot"),
        LOCAL_NODE("io.muster.provider.local.NodeHost", "cluster-manager", "lib/local-node.aot");

        private final String mainClass;
        private final String jar;
        private final String cache;

        Role(String mainClass, String jar, String cache) {
            this.mainClass = mainClass;
            this.jar = jar;
            this.cache = cache;
        }
    }

    private static final int END_SECONDS = 120;

    private final Path home;
    private final Path work;

    private StartCaches(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    /** Makes all caches of a distribution that is laid out. */
    static void make(Path home) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("muster-record");
        // Nodes whose folder is gone end themselves, so this is all that an interrupted build has to do.
        Thread onShutdown = new Thread(() -> deleteQuietly(work));
        Runtime.getRuntime().addShutdownHook(onShutdown);
        try {
            new StartCaches(home, work).make();
        } finally {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
            Folders.deleteAll(work);
        }
    }

    private static void deleteQuietly(Path work) {
        try {
            Folders.deleteAll(work);
        } catch (IOException e) {
            System.err.println("left behind: " + work + " (" + e + ")");
        }
    }

    private void make() throws IOException, InterruptedException {
        for (Role role : Role.values()) {
            Files.deleteIfExists(home.resolve(role.cache));
        }
        Path copy = work.resolve("muster");
        Folders.copyAll(home, copy);
        record(copy);
        assembleAll();
    }

    /** As many at once as there are cores: a JVM that assembles keeps one of them busy. */
    private void assembleAll() throws IOException, InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Callable<Role>> work = new ArrayList<>();
            for (Role role : Role.values()) {
                work.add(() -> {
                    assemble(role);
                    return role;
                });
            }
            for (Future<Role> one : threads.invokeAll(work)) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a cache cannot be made: " + e.getMessage(), e);
        }
    }

    /** Runs everything once; what was recorded is in the folder of each role then. */
    private void record(Path copy) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("#!/bin/sh\ncase \" $* \" in\n");
        for (Role role : Role.values()) {
            script.append("*' ")
                    .append(role.mainClass)
                    .append(" '*) folder=")
                    .append(role)
                    .append(" ;;\n");
            Files.createDirectories(work.resolve(role.name()));
        }
        script.append("*) exec \"$0.launcher\" \"$@\" ;;\nesac\n");
        script.append(ONLY_OUR_JAR)
                .append("exec \"$0.launcher\" -Dmuster.recorded=true -XX:AOTMode=record -XX:AOTConfiguration=")
                .append(work)
                .append("/$folder/$$ \"$@\"\n");
        Path java = copy.resolve("runtime/bin/java");
        Files.move(java, java.resolveSibling("java.launcher"));
        Files.writeString(java, script);
        java.toFile().setExecutable(true, false);
        rehearse(copy);
    }

    private void rehearse(Path copy) throws IOException, InterruptedException {
        Path spec = Files.writeString(work.resolve("record.yaml"), SPEC);
        String program = home.resolve("examples/heat.jar").toString();
        String commands = "plan " + spec + " ; up " + spec
                + " --timings ; status record ; run record -n 2 --out *.png -- " + program
                + " --size 64 --steps 100 ; jobs ; status ; logs record.1 ; mpirun -n 2 " + Role.RANK.mainClass;
        List<String> line = new ArrayList<>(List.of(
                copy.resolve("runtime/bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.config.file=" + copy.resolve("lib/logging.properties"),
                "-Djdk.reflect.useNativeAccessorOnly=true",
                "-Dmuster.dist=" + copy,
                "-cp",
                jarOf(copy, Role.MANAGER.jar).toString(),
                Role.MANAGER.mainClass));
        line.addAll(List.of(commands.split(" ")));
        try {
            Processes.run(line, work, environment());
            endInOrder();
        } finally {
            Processes.run(List.of(copy.resolve("bin/muster").toString(), "down", "record"), work, environment());
        }
    }

    private Map<String, String> environment() {
        return Map.of("MUSTER_HOME", work.resolve("home").toString());
    }

    /** A recording is written when the JVM ends by itself, or is asked to; agents first, nodes would kill theirs. */
    private void endInOrder() throws IOException, InterruptedException {
        for (Role role : List.of(Role.AGENT, Role.LOCAL_NODE)) {
            List<ProcessHandle> processes = ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(work.toString()) || line.contains(work.getFileName() + "/"))
                            .filter(line -> line.contains(role.mainClass))
                            .isPresent())
                    .toList();
            processes.forEach(ProcessHandle::destroy);
            for (ProcessHandle process : processes) {
                end(process);
            }
        }
    }

    private static void end(ProcessHandle process) throws IOException, InterruptedException {
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("process " + process.pid() + " did not end in " + END_SECONDS + " s", e);
        }
    }

    private void assemble(Role role) throws IOException, InterruptedException {
        java(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + largest(work.resolve(role.name())),
                "-XX:AOTCache=" + home.resolve(role.cache),
                "-cp",
                jarOf(home, role.jar).toString());
    }

    /** Processes of one kind record alike; the one that did most is taken. */
    private static Path largest(Path folder) throws IOException {
        Path largest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (largest == null || Files.size(file) > Files.size(largest)) {
                    largest = file;
                }
            }
        }
        if (largest == null) {
            throw new IOException("no process recorded into " + folder);
        }
        return largest;
    }

    private static Path jarOf(Path home, String module) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("lib"), module + "-*.jar")) {
            return jars.iterator().next();
        }
    }

    private void java(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("runtime/bin/java").toString(),
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        Processes.run(command, home, Map.of());
    }
}
