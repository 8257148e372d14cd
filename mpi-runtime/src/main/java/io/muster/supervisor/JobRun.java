package io.muster.supervisor;

import io.muster.host.RankEvent;
import io.muster.launch.OutputStreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs one job from its start to its outcome: hears the nodes, decides with {@link JobState}, acts. The one loop is the
 * only writer of the events; who reports waits while it is busy.
 */
public final class JobRun {
    /** How long ranks may take to end by themselves when the job is ended. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MAX_WAITING = 256;
    private static final int NO_SUCH_NODE = 127;

    /** What a shell says of a command that is not there, or may not be executed. */
    private static final Set<Integer> CANNOT_BE_STARTED = Set.of(126, 127);

    /** How long ranks may take to fail by themselves when they hear that another one is lost. */
    private static final Duration SURVIVORS_GRACE = Duration.ofSeconds(1);

    /** How long the news of ranks may take after their launcher has ended. */
    private static final Duration REPORTS_GRACE = Duration.ofSeconds(10);

    /** A node that does not become clean for so long after it was asked to end its ranks is lost. */
    private static final Duration CLEAN_DEADLINE = Duration.ofSeconds(40);

    private final JobOrder order;
    private final JobListener listener;
    private final Duration before;
    private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<Integer, NodeLine> lines = new TreeMap<>();
    private final Map<Long, Integer> spawnedOn = new HashMap<>();
    private final Deadline wallTime = new Deadline();
    private final Deadline grace = new Deadline();
    private final Deadline clean = new Deadline();
    private JobState state;
    private volatile boolean over;

    /** What came in: output passes the state machine by. */
    private sealed interface Input {
        record Decided(JobInput input) implements Input {}

        record Written(RankEvent.RankOutput output) implements Input {}

        record World(RankEvent.WorldAsked asked) implements Input {}

        record Spawn(RankEvent.SpawnAsked asked) implements Input {}

        record Spawned(RankEvent.SpawnEnded ended) implements Input {}
    }

    /** Prepares a run that begins with its job. */
    JobRun(JobOrder order, JobListener listener) {
        this(order, listener, Duration.ZERO);
    }

    /**
     * Prepares a run.
     *
     * @param listener hears of everything, from the thread that calls {@link #run}
     * @param before how much of the wall time has passed already
     */
    JobRun(JobOrder order, JobListener listener, Duration before) {
        this.order = order;
        this.listener = listener;
        this.before = before;
        this.state = JobState.initial(order);
    }

    /** Makes the line to a node that has ranks of the job. */
    @FunctionalInterface
    public interface Lines {
        /**
         * Makes the line; the ranks are not started yet.
         *
         * @throws IOException when the node cannot run ranks at all
         */
        NodeLine open(int nodeIndex) throws IOException;
    }

    /** Runs the job; returns when it is over and nothing of it is left, or on this thread's interruption. */
    JobOutcome run(Lines opener) throws IOException, InterruptedException {
        List<String> names = order.nodes().stream().map(JobNode::name).toList();
        listener.happened(new JobEvent.Started(System.currentTimeMillis(), order.size(), names));
        order.wallTime().ifPresent(whole -> wallTime.set(whole.minus(before)));
        try {
            for (int node = 0; node < order.nodes().size(); node++) {
                if (!order.ranksOn(node).isEmpty()) {
                    lines.put(node, opener.open(node));
                }
            }
            lines.values().forEach(NodeLine::start);
            while (!state.finished()) {
                turn();
            }
            return state.verdict().orElseThrow().outcome();
        } finally {
            over = true;
            lines.values().forEach(NodeLine::close);
        }
    }

    /** Looks at the clock before each input, as ranks that print without pause always have one. */
    private void turn() throws InterruptedException {
        if (wallTime.passes()) {
            apply(new JobInput.WallTimePassed());
        } else if (grace.passes()) {
            apply(new JobInput.GracePassed());
        } else if (clean.passes()) {
            giveUpOnNodes();
        } else {
            long leftNanos = Math.min(wallTime.leftNanos(), Math.min(grace.leftNanos(), clean.leftNanos()));
            switch (inputs.poll(leftNanos, TimeUnit.NANOSECONDS)) {
                case Input.Written written -> write(written.output());
                case Input.Decided decided -> apply(decided.input());
                case Input.World world -> spawnWorld(world.asked());
                case Input.Spawn spawn -> spawn(spawn.asked());
                case Input.Spawned spawned -> answer(spawned.ended());
                case null -> {}
            }
        }
    }

    private void write(RankEvent.RankOutput output) {
        listener.happened(new JobEvent.Output(
                System.currentTimeMillis(), output.rank(), output.stream(), output.bytes(), output.partial()));
    }

    private void spawnWorld(RankEvent.WorldAsked asked) {
        NodeLine line = lines.get(order.placements().get(asked.rank()).nodeIndex());
        if (line != null) {
            listener.spawnAsked(asked.request(), answer -> line.sendWorldAnswer(asked.id(), answer));
        }
    }

    /** A launcher names nodes as its host file does. */
    private void spawn(RankEvent.SpawnAsked asked) {
        int node = order.nodes().stream().map(JobNode::name).toList().indexOf(asked.node());
        NodeLine line = lines.get(node);
        if (line == null) {
            write(new RankEvent.RankOutput(
                    RankEvent.LAUNCHER,
                    OutputStreamName.STDERR,
                    ("the launcher asks for node " + asked.node() + ", which the job does not have\n")
                            .getBytes(StandardCharsets.UTF_8),
                    false));
            answer(new RankEvent.SpawnEnded(asked.id(), NO_SUCH_NODE));
        } else {
            spawnedOn.put(asked.id(), node);
            line.spawn(asked.id(), asked.command());
        }
    }

    private void answer(RankEvent.SpawnEnded ended) {
        NodeLine launcher = lines.get(order.launcherNode());
        if (launcher != null) {
            launcher.sendSpawnEnded(ended.id(), ended.exitCode());
        }
        if (CANNOT_BE_STARTED.contains(ended.exitCode())) {
            apply(new JobInput.SpawnFailed(spawnedOn.getOrDefault(ended.id(), order.launcherNode()), ended.exitCode()));
        }
    }

    private void giveUpOnNodes() {
        for (int node = 0; node < order.nodes().size(); node++) {
            if (!order.ranksOn(node).isEmpty() && !state.cleanNodes().contains(node)) {
                apply(new JobInput.NodeGone(node, "its ranks did not end within " + CLEAN_DEADLINE.toSeconds() + " s"));
            }
        }
    }

    private void apply(JobInput input) {
        Optional<JobState.Verdict> known = state.verdict();
        JobState.Step step = state.after(input, System.currentTimeMillis());
        state = step.state();
        if (!state.verdict().equals(known) && !(input instanceof JobInput.OtherWorldFailed)) {
            state.verdict().ifPresent(listener::decided);
        }
        for (JobAction action : step.actions()) {
            switch (action) {
                case JobAction.Write write -> listener.happened(write.event());
                case JobAction.SendTable table -> {
                    lines.values().forEach(line -> line.sendTable(table.addresses()));
                    listener.allCalledInit();
                }
                case JobAction.TellLost lost -> lines.values().forEach(line -> line.sendLost(lost.lost()));
                case JobAction.AwaitSurvivors survivors -> grace.set(SURVIVORS_GRACE);
                case JobAction.AwaitReports reports -> grace.set(REPORTS_GRACE);
                case JobAction.EndRanks end -> {
                    clean.set(CLEAN_DEADLINE);
                    lines.values().forEach(NodeLine::end);
                }
                case JobAction.Finish finish ->
                    listener.happened(new JobEvent.Ended(System.currentTimeMillis(), finish.outcome()));
            }
        }
    }

    /** Ends the job because somebody asked for it. */
    void cancel(String reason) {
        put(decided(new JobInput.CancelAsked(reason)));
    }

    /** Ends the job because another world of it has failed. */
    void otherWorldFailed(JobState.Verdict verdict) {
        put(decided(new JobInput.OtherWorldFailed(verdict.outcome(), verdict.atMillis())));
    }

    /**
     * Reports what happened on a node; blocks while the run is busy.
     *
     * @param clockOffsetMillis the node's clock minus this one
     */
    public void heard(RankEvent event, long clockOffsetMillis) {
        put(
                switch (event) {
                    case RankEvent.RankOutput output -> new Input.Written(output);
                    case RankEvent.RankStarted started -> decided(new JobInput.RankRuns(started.rank(), started.pid()));
                    case RankEvent.StartFailed failed ->
                        decided(new JobInput.RankGone(
                                failed.rank(),
                                127,
                                System.currentTimeMillis(),
                                "cannot be started: " + failed.reason()));
                    case RankEvent.RankExited exited ->
                        decided(new JobInput.RankGone(
                                exited.rank(), exited.exitCode(), exited.atMillis() - clockOffsetMillis, ""));
                    case RankEvent.LauncherExited exited ->
                        decided(new JobInput.LauncherGone(exited.exitCode(), exited.atMillis() - clockOffsetMillis));
                    case RankEvent.WorldAsked asked -> new Input.World(asked);
                    case RankEvent.SpawnAsked asked -> new Input.Spawn(asked);
                    case RankEvent.SpawnEnded ended -> new Input.Spawned(ended);
                    case RankEvent.Published published -> decided(new JobInput.RankPublished(published.address()));
                    case RankEvent.LineBroken broken ->
                        decided(new JobInput.RankSilent(broken.rank(), broken.reason()));
                    case RankEvent.AbortAsked abort ->
                        decided(new JobInput.AbortAsked(
                                abort.rank(), abort.exitCode(), abort.reason(), abort.atMillis() - clockOffsetMillis));
                });
    }

    /** Reports that nothing of the job is left on a node. */
    public void nodeClean(int nodeIndex) {
        put(decided(new JobInput.NodeClean(nodeIndex)));
    }

    /** Reports that a node cannot be reached any more. */
    public void nodeGone(int nodeIndex, String reason) {
        put(decided(new JobInput.NodeGone(nodeIndex, reason)));
    }

    private static Input decided(JobInput input) {
        return new Input.Decided(input);
    }

    private void put(Input input) {
        try {
            while (!over && !inputs.offer(input, 1, TimeUnit.SECONDS)) {
                // The run is busy, or it ended while this waited.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
