package io.muster.host;

import io.muster.launch.Folders;
import io.muster.launch.OwnProcesses;
import io.muster.launch.ProcessMark;
import io.muster.launch.StandardInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The ranks of this node when the library's own launcher starts them. What it starts is a script of ours, which tells
 * of the rank and gives us its output; what it would start by {@code ssh} is asked of the supervisor. Thread-safe.
 */
final class LaunchedRanks {
    private static final Duration MAKE_DEADLINE = Duration.ofSeconds(10);

    private final RankHostOrder order;
    private final Path folder;
    private final Path jobFolder;
    private final Consumer<RankEvent> sink;
    private final Consumer<String> log;
    private final Map<Integer, LaunchedRank> started = new ConcurrentHashMap<>();

    /** Pipes to scripts that wait for the end of a command: held open until they have read. */
    private final Map<Long, RandomAccessFile> replies = new ConcurrentHashMap<>();

    private final ScriptEvents events;

    private LaunchedRanks(
            RankHostOrder order, Path folder, Path jobFolder, Consumer<RankEvent> sink, Consumer<String> log)
            throws IOException {
        this.order = order;
        this.folder = folder;
        this.jobFolder = jobFolder;
        this.sink = sink;
        this.log = log;
        this.events = ScriptEvents.open(folder.resolve(LibraryScripts.EVENTS), this::hear);
    }

    /**
     * Prepares the folder of the job in shared memory.
     *
     * @param jobFolder folder of the job on disk, which goes with it
     * @param mark mark that the ranks carry, and their launcher does not
     */
    static LaunchedRanks prepare(
            RankHostOrder order,
            ProcessMark mark,
            Path folder,
            Path jobFolder,
            Consumer<RankEvent> sink,
            Consumer<String> log)
            throws IOException {
        write(folder, LibraryScripts.setupFile(), LibraryScripts.setup(order.library()));
        write(folder, LibraryScripts.SPAWN, LibraryScripts.spawn());
        write(folder, LibraryScripts.RANK, LibraryScripts.rank(order, mark));
        if (!order.launchHosts().isEmpty()) {
            write(folder, LibraryScripts.HOSTS, LibraryScripts.hosts(order));
            Path agent = jobFolder.resolve(LibraryScripts.AGENT);
            write(folder, LibraryScripts.LAUNCH, LibraryScripts.launch(order, agent));
            write(jobFolder, LibraryScripts.AGENT, LibraryScripts.agent(folder));
            if (!agent.toFile().setExecutable(true, true)) {
                throw new IOException("cannot make " + agent + " executable");
            }
        }
        List<String> pipes = new ArrayList<>(List.of(LibraryScripts.EVENTS));
        order.ranks().forEach(rank -> pipes.addAll(List.of("out-" + rank, "err-" + rank)));
        makePipes(folder, pipes);
        return new LaunchedRanks(order, folder, jobFolder, sink, log);
    }

    private static void write(Path folder, String name, String script) throws IOException {
        Folders.writePrivate(folder.resolve(name), script.getBytes(StandardCharsets.UTF_8));
    }

    private static void makePipes(Path folder, List<String> names) throws IOException {
        List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
        command.addAll(names);
        Process process = OwnProcesses.start(
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
        try {
            boolean gone = process.waitFor(MAKE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (!gone || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("cannot make named pipes in " + folder
                        + (gone
                                ? ": " + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                : ""));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making named pipes", e);
        }
    }

    /** Says what every rank runs; before that no launcher may start them. */
    void program(List<String> command, Path workFolder, StandardInput stdin) throws IOException {
        write(folder, LibraryScripts.PROGRAM, LibraryScripts.program(command, workFolder, stdin));
    }

    /** The command that starts the launcher. */
    List<String> launchCommand() {
        return List.of("/bin/sh", folder.resolve(LibraryScripts.LAUNCH).toString());
    }

    /** The command that runs one that a launcher on some node asked for. */
    List<String> spawnCommand(String command) {
        return List.of("/bin/sh", folder.resolve(LibraryScripts.SPAWN).toString(), command);
    }

    Collection<LaunchedRank> all() {
        return started.values();
    }

    /** Lets the script go on that waits for the end of a command. */
    void spawnEnded(long id, int exitCode) throws IOException {
        RandomAccessFile reply =
                new RandomAccessFile(folder.resolve("reply-" + id).toFile(), "rw");
        replies.put(id, reply);
        reply.write((exitCode + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Hears one line of a script. A program may write what it likes into the pipe: what is no such line is skipped. */
    private void hear(List<String> words) {
        try {
            switch (words.getFirst()) {
                case "opens" -> opens(rank(words));
                case "runs" -> known(words).runs(Long.parseLong(words.get(2)));
                case "ended" -> known(words).ended(Integer.parseInt(words.get(2)));
                case "spawn" -> spawnAsked(Long.parseLong(words.get(1)), words.get(2));
                default -> log.accept("job " + order.jobId() + ": a script says " + words);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | IOException | UncheckedIOException e) {
            log.accept("job " + order.jobId() + ": a script says " + words + ": " + e.getMessage());
        }
    }

    private int rank(List<String> words) {
        int rank = Integer.parseInt(words.get(1));
        if (!order.ranks().contains(rank)) {
            throw new IllegalArgumentException("rank " + rank + " is not of this node");
        }
        return rank;
    }

    private LaunchedRank known(List<String> words) {
        LaunchedRank rank = started.get(rank(words));
        if (rank == null) {
            throw new IllegalArgumentException("that rank has not begun");
        }
        return rank;
    }

    private void opens(int number) throws IOException {
        LaunchedRank rank = new LaunchedRank(number, folder, sink);
        if (started.putIfAbsent(number, rank) != null) {
            throw new IllegalArgumentException("that rank has begun already");
        }
        rank.opens();
    }

    private void spawnAsked(long id, String node) throws IOException {
        String command = Files.readString(folder.resolve("command-" + id))
                .replace(jobFolder.resolve(LibraryScripts.AGENT).toString(), LibraryScripts.NO_AGENT);
        sink.accept(new RankEvent.SpawnAsked(id, node, command));
    }

    /** Hears what was told by now; ranks of which nothing more was heard are gone. After the end of all processes. */
    void end(Duration deadline) throws InterruptedException {
        try {
            events.drain(deadline);
        } catch (IOException e) {
            log.accept("job " + order.jobId() + ": the scripts' pipe broke: " + e.getMessage());
        }
        started.values().forEach(LaunchedRank::killed);
    }

    /** Lets go of the pipes. */
    void close() {
        try {
            events.close();
            for (RandomAccessFile reply : replies.values()) {
                reply.close();
            }
        } catch (IOException e) {
            log.accept("job " + order.jobId() + ": a pipe cannot be closed: " + e.getMessage());
        }
    }
}
