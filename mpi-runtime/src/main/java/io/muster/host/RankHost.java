package io.muster.host;

import io.muster.launch.Folders;
import io.muster.launch.Guardian;
import io.muster.launch.MpiLibrary;
import io.muster.launch.OwnProcesses;
import io.muster.launch.ParentPort;
import io.muster.launch.ProcessMark;
import io.muster.launch.Program;
import io.muster.launch.RankEnvironment;
import io.muster.launch.StandardInput;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.NameStore;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import io.muster.wireup.RankNames;
import io.muster.wireup.WireUpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The ranks of one job on this node: starts them, tells what they do, and leaves nothing of them behind: no process, no
 * shared folder, no port. Thread-safe.
 */
public final class RankHost implements AutoCloseable {
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);
    private static final Duration TELL_DEADLINE = Duration.ofSeconds(10);

    private static final int CANNOT_START = 127;

    private final RankHostOrder order;
    private final Map<String, String> marks;
    private final Path workFolder;
    private final Consumer<RankEvent> sink;
    private final Consumer<String> log;
    private final ProcessMark mark = ProcessMark.random("JOB");

    /** Of the ranks alone, without the launcher that ends by itself when they have ended. */
    private final ProcessMark rankMark = ProcessMark.random("RANK");

    private final OwnProcesses.Period period = OwnProcesses.begin();

    private final Path sharedFolder;
    private final Guardian guardian;
    private final RankNames names;
    private final WireUpEvents wireUpEvents;
    private final WireUpServer wireUp;
    private final Map<Integer, RankProcess> processes = new ConcurrentHashMap<>();
    private final Optional<SpawnedRanks> spawned;
    private final Optional<LaunchedRanks> launched;
    /** Why a launcher's ranks could not start; known beforehand, as other nodes may ask for them at any time. */
    private final Optional<IOException> noProgram;

    private final Optional<MpjExpressWireUp> mpjExpress;
    private final List<RankProcess> launchers = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /**
     * Prepares the node for the ranks; {@link #startRanks()} starts them.
     *
     * @param marks variables of the marks that the ranks carry besides the job's own
     * @param workFolder folder that the ranks work in
     * @param names opens the names that the ranks publish and look up, given the job's shared folder
     * @param sink gets every event, from several threads; that of a rank are in order. A rank that writes waits while
     *     this blocks.
     * @param log gets a sentence when something is not as it should be
     */
    public RankHost(
            RankHostOrder order,
            Map<String, String> marks,
            Path workFolder,
            Function<Path, NameStore> names,
            Consumer<RankEvent> sink,
            Consumer<String> log)
            throws IOException {
        this.order = order;
        this.sharedFolder = Folders.newSharedFolder(order.jobId());
        this.marks = Map.copyOf(marks);
        this.workFolder = workFolder;
        this.sink = sink;
        this.log = log;
        this.names = new RankNames(names.apply(sharedFolder));
        // The guardian first: whatever is made after it is removed.
        this.guardian = Guardian.start(mark, List.of(sharedFolder), log);
        try {
            Folders.createPrivate(sharedFolder);
            Folders.writePrivate(secretFile(), order.secret());
            this.spawned = order.spawned().isPresent()
                    ? Optional.of(new SpawnedRanks(order, order.spawned().get(), workFolder, sharedFolder))
                    : Optional.empty();
            this.wireUpEvents = new WireUpEvents(processes, this.names, sink);
            this.wireUp = WireUpServer.listen(order.secret(), Set.copyOf(order.ranks()), wireUpEvents);
            try {
                this.launched = order.library().hasLauncher()
                        ? Optional.of(LaunchedRanks.prepare(order, rankMark, sharedFolder, jobFolder(), sink, log))
                        : Optional.empty();
                this.noProgram = launched.flatMap(this::writeProgram);
                this.mpjExpress = order.library().kind() == MpiLibrary.Kind.MPJ_EXPRESS
                        ? Optional.of(MpjExpressWireUp.listen(
                                order, address -> sink.accept(new RankEvent.Published(address))))
                        : Optional.empty();
            } catch (IOException e) {
                wireUp.close();
                throw e;
            }
        } catch (IOException e) {
            Folders.delete(sharedFolder);
            guardian.close();
            List<Long> _ = period.end(Duration.ZERO);
            throw e;
        }
    }

    private Path jobFolder() {
        return Objects.requireNonNull(workFolder.toAbsolutePath().getParent(), "a work folder is in that of its job");
    }

    /** Starts all ranks, or what will start them. What cannot be started is told as an event. */
    public void startRanks() {
        try {
            if (launched.isPresent()) {
                if (noProgram.isPresent()) {
                    throw noProgram.get();
                }
                startLauncher(launched.get());
            } else if (mpjExpress.isPresent()) {
                Map<String, String> settings = MpjExpressWireUp.settings(sharedFolder);
                for (int i = 0; i < order.ranks().size(); i++) {
                    int rank = order.ranks().get(i);
                    start(rank, i, new RankStart(command(mpjExpress.get().program(rank)), workFolder, settings));
                }
            } else if (spawned.isPresent()) {
                List<RankStart> starts = spawned.get().of(order.ranks());
                for (int i = 0; i < starts.size(); i++) {
                    start(order.ranks().get(i), i, starts.get(i));
                }
            } else {
                RankStart start = new RankStart(command(order.program()), workFolder, ParentPort.none());
                for (int i = 0; i < order.ranks().size(); i++) {
                    start(order.ranks().get(i), i, start);
                }
            }
        } catch (IOException e) {
            order.ranks().forEach(rank -> startFailed(rank, e));
        }
    }

    private Optional<IOException> writeProgram(LaunchedRanks ranks) {
        try {
            ranks.program(command(order.program()), workFolder, order.stdin());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private List<String> command(Program program) throws IOException {
        return ProgramCommand.of(program, order.library(), order.jvmOptions(), workFolder);
    }

    /** Under the lock, so that no rank is started after the end was asked for. */
    private synchronized void start(int rank, int localRank, RankStart start) {
        if (ended) {
            return;
        }
        try {
            Map<String, String> variables = variables(rank, localRank);
            variables.putAll(start.variables());
            StandardInput stdin = rank == StandardInput.RANK ? order.stdin() : StandardInput.NOTHING;
            processes.put(rank, RankProcess.start(rank, start.command(), variables, start.folder(), stdin, sink));
        } catch (IOException e) {
            startFailed(rank, e);
        }
    }

    private synchronized void startLauncher(LaunchedRanks ranks) throws IOException {
        if (!ended && !order.launchHosts().isEmpty()) {
            launchers.add(RankProcess.start(
                    RankEvent.LAUNCHER,
                    ranks.launchCommand(),
                    nodeVariables(),
                    workFolder,
                    StandardInput.NOTHING,
                    event -> ofLauncher(
                            event, exited -> new RankEvent.LauncherExited(exited.exitCode(), exited.atMillis()))));
        }
    }

    /** What launchers say while they are ended is of no use to anybody. */
    private void ofLauncher(RankEvent event, Function<RankEvent.RankExited, RankEvent> whenExited) {
        switch (event) {
            case RankEvent.RankExited exited -> sink.accept(whenExited.apply(exited));
            case RankEvent.RankOutput output when !ended -> sink.accept(output);
            default -> {}
        }
    }

    /** Runs a command that the launcher on some node of the job asked for; its end is told as an event. */
    public synchronized void spawn(long id, String command) {
        try {
            if (!ended) {
                launchers.add(RankProcess.start(
                        RankEvent.LAUNCHER,
                        launched.orElseThrow().spawnCommand(command),
                        nodeVariables(),
                        workFolder,
                        StandardInput.NOTHING,
                        event -> ofLauncher(event, exited -> new RankEvent.SpawnEnded(id, exited.exitCode()))));
            }
        } catch (IOException e) {
            log.accept("job " + order.jobId() + ": cannot run what its launcher wants: " + e.getMessage());
            sink.accept(new RankEvent.SpawnEnded(id, CANNOT_START));
        }
    }

    /** Tells the launcher here that a command that it asked for has ended. */
    public synchronized void spawnEnded(long id, int exitCode) {
        try {
            if (!ended) {
                launched.orElseThrow().spawnEnded(id, exitCode);
            }
        } catch (IOException e) {
            log.accept("job " + order.jobId() + ": the launcher does not hear: " + e.getMessage());
        }
    }

    /** Tells a rank here how its request to spawn others went. */
    public void worldAnswered(long id, LauncherAnswer answer) {
        wireUpEvents.spawned(id, answer);
    }

    private void startFailed(int rank, IOException e) {
        sink.accept(new RankEvent.StartFailed(rank, String.valueOf(e.getMessage())));
        sink.accept(new RankEvent.RankExited(rank, CANNOT_START, System.currentTimeMillis()));
    }

    private Map<String, String> variables(int rank, int localRank) {
        return withMarks(environment(rank, localRank).toVariables());
    }

    private Map<String, String> nodeVariables() {
        return withMarks(environment(order.ranks().getFirst(), 0).toNodeVariables());
    }

    private RankEnvironment environment(int rank, int localRank) {
        return new RankEnvironment(
                order.jobId(),
                rank,
                order.size(),
                localRank,
                order.ranks().size(),
                order.nodeIndex(),
                order.nodeCount(),
                order.nodeName(),
                order.nodeAddress(),
                wireUp.port(),
                secretFile(),
                sharedFolder);
    }

    private Map<String, String> withMarks(Map<String, String> own) {
        Map<String, String> variables = new HashMap<>(order.environment());
        variables.putAll(own);
        variables.putAll(marks);
        mark.putInto(variables);
        return variables;
    }

    private Path secretFile() {
        return sharedFolder.resolve("secret");
    }

    /** Gives the ranks the addresses of all ranks of the job. */
    public void sendTable(List<RankAddress> addresses) {
        wireUp.sendTable(addresses);
        mpjExpress.ifPresent(ranks -> ranks.sendTable(addresses));
    }

    /** Tells the ranks that one of the job is gone. */
    public void sendLost(RankLost lost) {
        wireUp.sendLost(lost);
        mpjExpress.ifPresent(MpjExpressWireUp::sendLost);
    }

    /** The folder in shared memory. */
    public Path sharedFolder() {
        return sharedFolder;
    }

    /** The mark of all processes of the job here. */
    public ProcessMark mark() {
        return mark;
    }

    /**
     * Ends what still runs: SIGTERM, and SIGKILL for what is there when the grace has passed, with all descendants.
     * Returns when nothing is left and every event was told. May be called again.
     */
    public synchronized void end(Duration grace) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            askToLeave(grace);
            killRest();
            if (launched.isPresent()) {
                launched.get().end(TELL_DEADLINE);
            }
            long until = System.nanoTime() + TELL_DEADLINE.toNanos();
            for (HostedRank process : hosted()) {
                if (!process.awaitTold(leftMs(until))) {
                    log.accept("job " + order.jobId() + ": output of "
                            + (process.rank() == RankEvent.LAUNCHER ? "the launcher" : "rank " + process.rank())
                            + " was not taken");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            killRest();
        } finally {
            wireUp.close();
            names.close();
            mpjExpress.ifPresent(MpjExpressWireUp::close);
            launched.ifPresent(LaunchedRanks::close);
            removeSharedFolder();
            guardian.close();
        }
    }

    private void killRest() {
        List<Long> left = new ArrayList<>(mark.killAll(KILL_DEADLINE));
        left.addAll(period.end(KILL_DEADLINE));
        if (!left.isEmpty()) {
            log.accept("job " + order.jobId() + ": processes " + left + " do not end on SIGKILL");
        }
    }

    private void askToLeave(Duration grace) throws InterruptedException {
        if (grace.isZero() || hosted().stream().noneMatch(HostedRank::isAlive)) {
            return;
        }
        (launched.isPresent() ? rankMark : mark).terminateAll();
        long until = System.nanoTime() + grace.toNanos();
        for (HostedRank process : hosted()) {
            if (!process.awaitExit(leftMs(until))) {
                return;
            }
        }
    }

    /** All that was started here, launcher and its daemons included. */
    private List<HostedRank> hosted() {
        List<HostedRank> all = new ArrayList<>(processes.values());
        launched.ifPresent(ranks -> all.addAll(ranks.all()));
        all.addAll(launchers);
        return all;
    }

    private static long leftMs(long untilNanos) {
        return TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
    }

    private void removeSharedFolder() {
        try {
            Folders.delete(sharedFolder);
        } catch (IOException e) {
            log.accept("job " + order.jobId() + ": cannot remove " + sharedFolder + ": " + e.getMessage());
        }
    }

    /** Ends what still runs at once. */
    @Override
    public void close() {
        end(Duration.ZERO);
    }
}
