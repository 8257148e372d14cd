package io.muster.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the built distribution as a user does, in a MUSTER_HOME and a working folder of the test. */
final class MusterCommand {
    static final Path DIST = Path.of("target", "muster").toAbsolutePath();
    private static final int TIMEOUT_S = 600;
    private static final String SHARED_MEMORY = "MUSTER_SHARED_MEMORY";

    private final Path home;
    private final Path folder;
    private final Map<String, String> more = new HashMap<>();
    private int runs;

    MusterCommand(Path temp) {
        this.home = temp.resolve("muster-home");
        this.folder = temp.resolve("work");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds variables to the environment of every command from now on. */
    MusterCommand with(Map<String, String> variables) {
        more.putAll(variables);
        return this;
    }

    /** What a command gave. */
    record Result(int exit, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exit + "\n--- stdout\n" + out + "\n--- stderr\n" + err;
        }
    }

    /** A command that still runs; its output goes to files. */
    record Running(Process process, Path out, Path err) {
        Result await() {
            try {
                if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("did not end in " + TIMEOUT_S + " s\n" + result(-1));
                }
                return result(process.exitValue());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        String outSoFar() {
            return read(out);
        }

        private Result result(int exit) {
            return new Result(exit, read(out), read(err));
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The jar that names all others of the manager in its manifest. */
    static Path managerJar() {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(DIST.resolve("lib"), "cluster-manager-*.jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    /** The folder that commands run in. */
    Path folder() {
        return folder;
    }

    Result run(String... arguments) {
        return start(arguments).await();
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(DIST.resolve("bin/muster").toString());
        command.addAll(List.of(arguments));
        return startCommand(command);
    }

    /** Starts any command with the environment of the tests. */
    Running startCommand(List<String> command) {
        try {
            Path out = Files.createTempFile(folder.getParent(), "out-" + runs, ".txt");
            Path err = Files.createTempFile(folder.getParent(), "err-" + runs++, ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("MUSTER_HOME", home.toString());
            builder.environment().remove("JAVA_HOME");
            builder.environment().putAll(more);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes, node folders, keys and shared memory that are left of what this home started. */
    List<String> leftOvers() {
        List<String> found = new ArrayList<>();
        processes().forEach(process -> found.add("process " + process));
        found.addAll(below(home.resolve("local"), 2));
        found.addAll(below(home.resolve("clusters"), 1));
        return found;
    }

    /** The same, but for supervisors that wait for the next job. */
    List<String> processesOfJobs() {
        return processes().stream()
                .filter(process -> !process.contains("SupervisorMain --spare") || hasJournal(process))
                .toList();
    }

    private static boolean hasJournal(String process) {
        return below(Path.of("/proc", process.substring(0, process.indexOf(' ')), "fd"), 1).stream()
                .anyMatch(link -> link(Path.of(link)).endsWith("/journal"));
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Processes that carry this home in their environment or command line, but for the test's own. */
    List<String> processes() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.toList()) {
                String pid = process.getFileName().toString();
                if (pid.chars().allMatch(Character::isDigit) && !pid.equals(ownPid())) {
                    String environ = procFile(process.resolve("environ"));
                    String command = procFile(process.resolve("cmdline")).replace('\0', ' ');
                    boolean zombie = procFile(process.resolve("stat")).contains(") Z ");
                    if ((environ + command).contains(home.toString()) && !zombie) {
                        found.add(pid + " " + command + " " + variable(environ, "HOME"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Processes that keep connections for the commands of this home. */
    List<Long> connectionMasters() {
        return processes().stream()
                .filter(process -> process.contains(home + "/run/master-"))
                .map(process -> Long.parseLong(process.substring(0, process.indexOf(' '))))
                .toList();
    }

    /** Whether a command of this home runs in the process that keeps connections: its socket has a peer. */
    boolean isServing() {
        String socket = home.resolve("run/commands-").toString();
        return procFile(Path.of("/proc/net/unix"))
                .lines()
                .map(line -> line.trim().split(" +"))
                .anyMatch(field -> field.length > 7 && field[5].equals("03") && field[7].startsWith(socket));
    }

    /** What jobs have in the shared memory of the nodes of this home. */
    List<String> sharedMemoryOfJobs() {
        return environments().stream()
                .filter(environ -> environ.contains(home.toString()))
                .map(environ -> variable(environ, SHARED_MEMORY))
                .filter(variable -> !variable.isEmpty())
                .distinct()
                .flatMap(variable -> below(Path.of(variable.substring(SHARED_MEMORY.length() + 1)), 1).stream())
                .toList();
    }

    /** Shared memory of nodes, whichever Muster made them, that no process uses any more. */
    static List<String> abandonedSharedMemory() {
        String used = String.join("", environments());
        return below(Path.of("/dev/shm"), 1).stream()
                .filter(path -> path.contains("/muster-"))
                .filter(path -> !used.contains(SHARED_MEMORY + "=" + path + "\0"))
                .toList();
    }

    private static List<String> environments() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(
                            process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(process -> procFile(process.resolve("environ")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> below(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            return paths.filter(path -> !path.equals(folder))
                    .map(Path::toString)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(folder + ": " + e.getMessage());
        }
    }

    private static String variable(String environ, String name) {
        return Stream.of(environ.split("\0"))
                .filter(variable -> variable.startsWith(name + "="))
                .findFirst()
                .orElse("");
    }

    private static String procFile(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process is gone, or another user's.
            return "";
        }
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
