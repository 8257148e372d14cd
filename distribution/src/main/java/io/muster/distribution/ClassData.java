package io.muster.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Class data archives, which cut the start of a JVM to a fraction. What goes in is recorded from a real cluster with a
 * real job: it runs on a copy of the distribution whose {@code bin/java} is a script that has every JVM list the
 * classes it loads.
 *
 * <p>Two archives come out. The one inside the image goes to the nodes; it holds what agents, supervisors and ranks
 * need of the JDK and of the MPI runtime, and fits every class path that begins with the jar of the MPI runtime. The
 * manager and local nodes, who share another class path, have one of their own. Archives remember the times of jars:
 * make them last.
 */
final class ClassData {
    private static final String SPEC = "cluster: record\nprovider: local\nnodes: {count: 2, slots: 1}\n";

    private static final String NODE_ARCHIVE = "runtime/lib/node.jsa";
    private static final String MANAGER_ARCHIVE = "lib/muster.jsa";

    private final Path home;

    private ClassData(Path home) {
        this.home = home;
    }

    /** Makes both archives of a distribution that is laid out. */
    static void make(Path home) throws IOException, InterruptedException {
        ClassData data = new ClassData(home);
        Path work = Files.createTempDirectory("muster-record");
        // Nodes whose folder is gone end themselves, so this is all that an interrupted build has to do.
        Thread onShutdown = new Thread(() -> deleteQuietly(work));
        Runtime.getRuntime().addShutdownHook(onShutdown);
        try {
            Files.deleteIfExists(home.resolve(NODE_ARCHIVE));
            Files.deleteIfExists(home.resolve(MANAGER_ARCHIVE));
            List<Path> lists = data.record(work);
            List<Path> ofNodes = lists.stream().filter(ClassData::isOfNode).toList();
            data.dump(merged(ofNodes, work), data.jarOf("mpi-runtime"), NODE_ARCHIVE);
            data.dump(merged(lists, work), data.jarOf("cluster-manager"), MANAGER_ARCHIVE);
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

    private List<Path> record(Path work) throws IOException, InterruptedException {
        Path lists = Files.createDirectories(work.resolve("lists"));
        Path copy = work.resolve("muster");
        Folders.copyAll(home, copy);
        Path java = copy.resolve("runtime/bin/java");
        Files.move(java, java.resolveSibling("java.launcher"));
        Files.writeString(java, "#!/bin/sh\nexec \"$0.launcher\" -XX:DumpLoadedClassList=" + lists + "/$$ \"$@\"\n");
        java.toFile().setExecutable(true, false);
        runCluster(copy, work);
        try (Stream<Path> files = Files.list(lists)) {
            return files.sorted().toList();
        }
    }

    /** Whether a list came from an agent, a supervisor or a rank, which know nothing of the manager's libraries. */
    private static boolean isOfNode(Path list) {
        try (Stream<String> lines = Files.lines(list)) {
            return lines.noneMatch(line -> line.startsWith("io/muster/cli/") || line.startsWith("io/muster/provider/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runCluster(Path muster, Path work) throws IOException, InterruptedException {
        Path spec = Files.writeString(work.resolve("record.yaml"), SPEC);
        muster(muster, work, "up", spec.toString());
        try {
            muster(
                    muster, work, "run", "record", "-n", "2", "--out", "*.png", "--", "HEAT", "--size", "64", "--steps",
                    "100");
            muster(muster, work, "jobs");
        } finally {
            muster(muster, work, "down", "record");
        }
    }

    private static void muster(Path home, Path work, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/muster").toString()));
        for (String word : words) {
            command.add(word.equals("HEAT") ? home.resolve("examples/heat.jar").toString() : word);
        }
        Processes.run(command, work, Map.of("MUSTER_HOME", work.resolve("home").toString()));
    }

    /**
     * One list without the numbers of classes, which mean something within one process only. Lines about call sites
     * of a class count only after the class itself.
     */
    private static Path merged(List<Path> lists, Path work) throws IOException {
        TreeSet<String> classes = new TreeSet<>();
        TreeSet<String> callSites = new TreeSet<>();
        for (Path list : lists) {
            for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                if (line.startsWith("@")) {
                    callSites.add(line);
                } else if (!line.startsWith("#") && !line.contains(" source: ")) {
                    classes.add(line.replaceFirst(" id: \\d+$", ""));
                }
            }
        }
        // A user's class is in no archive; one of the examples would end the reading of the list.
        callSites.removeIf(line -> line.startsWith("@cp ") && !classes.contains(line.split(" ")[1]));
        return Files.write(
                work.resolve("classes.list"),
                Stream.concat(classes.stream(), callSites.stream()).toList());
    }

    private Path jarOf(String module) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("lib"), module + "-*.jar")) {
            return jars.iterator().next();
        }
    }

    private void dump(Path list, Path jar, String archive) throws IOException, InterruptedException {
        List<String> command = List.of(
                home.resolve("runtime/bin/java").toString(),
                "-Xshare:dump",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + home.resolve(archive),
                "-cp",
                jar.toString());
        Processes.run(command, home, Map.of());
    }
}
