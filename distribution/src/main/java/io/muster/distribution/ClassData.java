package io.muster.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Class data archives, which cut the start of a JVM to a fraction. What goes in is recorded from a real cluster with a
 * real job: while it runs, {@code bin/java} of the image is a script that has every JVM list the classes it loads.
 *
 * <p>Two archives come out. The image's default archive holds what agents, supervisors and ranks need of the JDK; it
 * depends on no class path, so whatever runs on a node starts fast with it, user programs too. The manager and local
 * nodes, who share one class path, name an archive that has their own classes as well. It remembers the times of jars:
 * make it last.
 */
final class ClassData {
    private static final String SPEC = "cluster: record\nprovider: local\nnodes: {count: 2, slots: 1}\n";

    private static final String NODE_ARCHIVE = "runtime/lib/server/classes.jsa";
    private static final String MANAGER_ARCHIVE = "lib/muster.jsa";

    private final Path home;
    private final Path java;

    private ClassData(Path home) {
        this.home = home;
        this.java = home.resolve("runtime/bin/java");
    }

    /** Makes both archives of a distribution that is laid out. */
    static void make(Path home) throws IOException, InterruptedException {
        ClassData data = new ClassData(home);
        Path work = Files.createTempDirectory("muster-record");
        try {
            Files.deleteIfExists(home.resolve(NODE_ARCHIVE));
            Files.deleteIfExists(home.resolve(MANAGER_ARCHIVE));
            List<Path> lists = data.record(work);
            List<Path> ofNodes = lists.stream().filter(ClassData::isOfNode).toList();
            data.dump(merged(ofNodes, work), List.of(), NODE_ARCHIVE);
            Path jar = home.resolve("lib/cluster-manager.jar");
            data.dump(merged(lists, work), List.of("-cp", jar.toString()), MANAGER_ARCHIVE);
        } finally {
            Folders.deleteAll(work);
        }
    }

    private List<Path> record(Path work) throws IOException, InterruptedException {
        Path lists = Files.createDirectories(work.resolve("lists"));
        Path launcher = java.resolveSibling("java.launcher");
        Files.move(java, launcher);
        try {
            Files.writeString(
                    java, "#!/bin/sh\nexec \"$0.launcher\" -XX:DumpLoadedClassList=" + lists + "/$$ \"$@\"\n");
            java.toFile().setExecutable(true, false);
            runCluster(work);
        } finally {
            Files.move(launcher, java, StandardCopyOption.REPLACE_EXISTING);
        }
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

    private void runCluster(Path work) throws IOException, InterruptedException {
        Path spec = Files.writeString(work.resolve("record.yaml"), SPEC);
        muster(work, "up", spec.toString());
        try {
            muster(work, "run", "record", "-n", "2", "--out", "*.png", "--", "HEAT", "--size", "64", "--steps", "100");
            muster(work, "jobs");
        } finally {
            muster(work, "down", "record");
        }
    }

    private void muster(Path work, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/muster").toString()));
        for (String word : words) {
            command.add(word.equals("HEAT") ? home.resolve("examples/heat.jar").toString() : word);
        }
        Processes.run(command, work, Map.of("MUSTER_HOME", work.resolve("home").toString()));
    }

    /** One list without the numbers of classes, which mean something within one process only. */
    private static Path merged(List<Path> lists, Path work) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        for (Path list : lists) {
            Files.readAllLines(list, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.startsWith("#") && !line.contains(" source: "))
                    .map(line -> line.replaceFirst(" id: \\d+$", ""))
                    .forEach(lines::add);
        }
        return Files.write(work.resolve("classes.list"), lines);
    }

    private void dump(Path list, List<String> classPath, String archive) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xshare:dump",
                "-Xlog:disable",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + home.resolve(archive)));
        command.addAll(classPath);
        Processes.run(command, home, Map.of());
    }
}
