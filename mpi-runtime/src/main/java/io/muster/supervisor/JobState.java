package io.muster.supervisor;

import io.muster.launch.ExitCode;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a job stands. Never changed: {@link #after} gives the next state and what to do. It is pure; time comes with
 * the inputs.
 *
 * <p>The job fails with the rank that failed first by the clock, not with the one whose news came first: a rank that
 * dies takes others with it, and their end may be heard of before its own.
 *
 * <p>Ranks that called Init are told of a rank or node that fails, and get a moment to fail by themselves, so that
 * their own output says where they waited for it; then they are ended.
 *
 * @param order the job
 * @param gone exit code by rank, of ranks whose process is gone
 * @param silent ranks whose line broke before ranks were ended: their end is not our doing
 * @param published addresses by rank
 * @param cleanNodes nodes on which nothing of the job is left, or that are lost
 * @param launcher the library's launcher, which outlives the ranks that it starts
 * @param verdict why the job is being ended, and since when; empty while it runs
 * @param phase how far it is
 */
record JobState(
        JobOrder order,
        Map<Integer, Integer> gone,
        Set<Integer> silent,
        Map<Integer, RankAddress> published,
        Set<Integer> cleanNodes,
        Launcher launcher,
        Optional<Verdict> verdict,
        Phase phase) {
    /** SIGTERM and SIGKILL, the two that ranks are ended with. */
    private static final Set<Integer> MAYBE_ENDED_BY_US = Set.of(143, 137);

    /** SIGKILL. */
    private static final int KILLED = 137;

    /** The phases of a job, in their order. */
    enum Phase {
        /** Nothing has failed. */
        RUNNING,
        /** Something has failed, and the other ranks have a moment. */
        SURVIVING,
        /** The ranks are being ended. */
        ENDING,
        /** The outcome was told. */
        FINISHED
    }

    /** The launcher of a library. */
    enum Launcher {
        /** Muster starts the ranks itself. */
        NONE,
        /** It runs, or is about to. */
        RUNNING,
        /** It has ended. */
        GONE
    }

    /**
     * An outcome and when its cause happened.
     *
     * @param ofLauncher whether the launcher's end is the cause, which a node that is lost may have brought about
     *     before the loss was noticed here
     * @param lostNode the node whose loss is the cause
     */
    record Verdict(long atMillis, JobOutcome outcome, boolean ofLauncher, OptionalInt lostNode) {
        static Verdict infrastructure(long atMillis, String cause) {
            return new Verdict(atMillis, JobOutcome.infrastructure(cause), false, OptionalInt.empty());
        }

        /** The same with the outcome in other words. */
        Verdict of(JobOutcome told) {
            return new Verdict(atMillis, told, ofLauncher, lostNode);
        }
    }

    /** The next state, and what to do on the way. */
    record Step(JobState state, List<JobAction> actions) {
        private Step precededBy(List<JobAction> before) {
            return new Step(state, join(before, actions));
        }
    }

    static JobState initial(JobOrder order) {
        Launcher launcher = order.library().hasLauncher() ? Launcher.RUNNING : Launcher.NONE;
        return new JobState(order, Map.of(), Set.of(), Map.of(), Set.of(), launcher, Optional.empty(), Phase.RUNNING);
    }

    boolean finished() {
        return phase == Phase.FINISHED;
    }

    Step after(JobInput input, long nowMillis) {
        if (finished()) {
            return new Step(this, List.of());
        }
        return switch (input) {
            case JobInput.RankRuns runs -> rankRuns(runs, nowMillis);
            case JobInput.RankGone rank -> rankGone(rank, nowMillis);
            case JobInput.RankPublished rank -> rankPublished(rank.address());
            case JobInput.RankSilent rank -> rankSilent(rank);
            case JobInput.AbortAsked abort -> abortAsked(abort);
            case JobInput.NodeGone node -> nodeGone(node, nowMillis);
            case JobInput.NodeClean node -> nodeClean(node.nodeIndex());
            case JobInput.LauncherGone gone -> launcherGone(gone);
            case JobInput.SpawnFailed spawn -> spawnFailed(spawn, nowMillis);
            case JobInput.OtherWorldFailed other ->
                failing(
                        other.failedAtMillis(),
                        other.outcome(),
                        List.of(new RankLost(
                                RankLost.OF_ANOTHER_WORLD, other.outcome().cause())));
            case JobInput.GracePassed passed -> gracePassed(nowMillis);
            case JobInput.CancelAsked cancel -> ending(nowMillis, JobOutcome.cancelled(cancel.reason()));
            case JobInput.WallTimePassed passed ->
                ending(
                        nowMillis,
                        new JobOutcome(
                                JobOutcome.Kind.FAILED,
                                JobOutcome.WALL_TIME_PASSED,
                                "the wall time of "
                                        + order.wallTime().orElseThrow().toSeconds() + " s passed",
                                Optional.empty()));
        };
    }

    private Step rankRuns(JobInput.RankRuns runs, long nowMillis) {
        String node = order.nodes().get(nodeOf(runs.rank())).name();
        return new Step(
                this, List.of(new JobAction.Write(new JobEvent.RankStarted(nowMillis, runs.rank(), runs.pid(), node))));
    }

    private Step rankGone(JobInput.RankGone rank, long nowMillis) {
        if (gone.containsKey(rank.rank())) {
            return new Step(this, List.of());
        }
        Map<Integer, Integer> nowGone = new TreeMap<>(gone);
        nowGone.put(rank.rank(), rank.exitCode());
        JobState next = new JobState(order, nowGone, silent, published, cleanNodes, launcher, verdict, phase);
        List<JobAction> actions = new ArrayList<>();
        actions.add(new JobAction.Write(new JobEvent.RankExited(nowMillis, rank.rank(), rank.exitCode())));
        if (rank.exitCode() != 0) {
            return next.rankFailed(rank).precededBy(actions);
        }
        if (next.nobodyRuns()) {
            return (verdict.isEmpty() ? next.ending(nowMillis, JobOutcome.done()) : next.endRanks())
                    .precededBy(actions);
        }
        if (next.leavesOthersWaiting(rank.rank())) {
            actions.add(
                    new JobAction.TellLost(new RankLost(rank.rank(), "it exited with code 0 before it called Init")));
        }
        return new Step(next, actions);
    }

    /**
     * A launcher that fails is to blame only when no rank failed before, of which the news may still come. When it ends
     * well, so did its ranks, whose news may still come, too.
     */
    private Step launcherGone(JobInput.LauncherGone gone) {
        if (launcher != Launcher.RUNNING) {
            return new Step(this, List.of());
        }
        JobState next = new JobState(order, this.gone, silent, published, cleanNodes, Launcher.GONE, verdict, phase);
        if (gone.exitCode() != 0 && phase != Phase.ENDING) {
            String cause = launcherName() + ": " + ExitCode.describe(gone.exitCode());
            JobOutcome outcome = new JobOutcome(JobOutcome.Kind.FAILED, gone.exitCode(), cause, Optional.empty());
            return next.blaming(new Verdict(gone.goneAtMillis(), outcome, true, OptionalInt.empty()))
                    .afterBlame(List.of());
        }
        if (!next.nobodyRuns()) {
            return new Step(next, phase == Phase.RUNNING ? List.of(new JobAction.AwaitReports()) : List.of());
        }
        return verdict.isEmpty() ? next.ending(gone.goneAtMillis(), JobOutcome.done()) : next.endRanks();
    }

    /** Some launchers wait for ever for a daemon that cannot be started. */
    private Step spawnFailed(JobInput.SpawnFailed spawn, long nowMillis) {
        if (phase == Phase.ENDING) {
            return new Step(this, List.of());
        }
        String cause = "the launcher of " + order.library().kind().title() + " cannot start its daemon on "
                + order.nodes().get(spawn.nodeIndex()).name() + ": " + ExitCode.describe(spawn.exitCode());
        return failing(nowMillis, JobOutcome.infrastructure(cause), List.of());
    }

    private Step gracePassed(long nowMillis) {
        if (phase == Phase.SURVIVING) {
            return endRanks();
        }
        if (phase == Phase.RUNNING && launcher == Launcher.GONE) {
            return ending(
                    nowMillis,
                    JobOutcome.infrastructure(launcherName() + " has ended, and not all ranks have said how they did"));
        }
        return new Step(this, List.of());
    }

    private String launcherName() {
        return "the launcher of " + order.library().kind().title() + " on "
                + order.nodes().get(order.launcherNode()).name();
    }

    private Step rankFailed(JobInput.RankGone rank) {
        if (phase == Phase.ENDING && MAYBE_ENDED_BY_US.contains(rank.exitCode()) && !silent.contains(rank.rank())) {
            return new Step(this, List.of());
        }
        String how = rank.why().isEmpty() ? ExitCode.describe(rank.exitCode()) : rank.why();
        String cause = "rank " + rank.rank() + " on "
                + order.nodes().get(nodeOf(rank.rank())).name() + ": " + how;
        return failing(
                rank.goneAtMillis(),
                JobOutcome.failed(rank.rank(), rank.exitCode(), cause),
                List.of(new RankLost(rank.rank(), how)));
    }

    /** A rank that never called Init is missed only by ranks that did. */
    private boolean leavesOthersWaiting(int rank) {
        return !published.isEmpty() && !published.containsKey(rank);
    }

    private Step rankPublished(RankAddress address) {
        Map<Integer, RankAddress> now = new TreeMap<>(published);
        now.put(address.rank(), address);
        JobState next = new JobState(order, gone, silent, now, cleanNodes, launcher, verdict, phase);
        List<JobAction> actions = new ArrayList<>();
        if (now.size() == order.size()) {
            actions.add(new JobAction.SendTable(List.copyOf(now.values())));
        } else if (published.isEmpty()) {
            gone.keySet().stream()
                    .filter(rank -> !now.containsKey(rank))
                    .forEach(rank -> actions.add(
                            new JobAction.TellLost(new RankLost(rank, "it exited with code 0 before it called Init"))));
        }
        return new Step(next, actions);
    }

    private Step rankSilent(JobInput.RankSilent rank) {
        Set<Integer> now = new HashSet<>(silent);
        if (phase != Phase.ENDING) {
            now.add(rank.rank());
        }
        return new Step(
                new JobState(order, gone, now, published, cleanNodes, launcher, verdict, phase),
                List.of(new JobAction.TellLost(new RankLost(rank.rank(), rank.reason()))));
    }

    private Step abortAsked(JobInput.AbortAsked abort) {
        JobOutcome outcome = JobOutcome.failed(
                abort.rank(), abort.exitCode(), "rank " + abort.rank() + " aborted the job: " + abort.reason());
        // A survivor that aborts leaves the others their moment.
        return phase == Phase.SURVIVING
                ? new Step(blaming(abort.askedAtMillis(), outcome), List.of())
                : ending(abort.askedAtMillis(), outcome);
    }

    private Step nodeGone(JobInput.NodeGone node, long nowMillis) {
        String name = order.nodes().get(node.nodeIndex()).name();
        JobState next = withClean(node.nodeIndex())
                .withVerdict(verdict.filter(known -> !isFeltBefore(known, node.nodeIndex())));
        List<JobAction> actions = new ArrayList<>();
        if (!cleanNodes.contains(node.nodeIndex())) {
            actions.add(new JobAction.Write(new JobEvent.NodeLost(nowMillis, name, node.reason())));
        }
        List<RankLost> lost = order.ranksOn(node.nodeIndex()).stream()
                .filter(rank -> !gone.containsKey(rank))
                .map(rank -> new RankLost(rank, "its node " + name + " is lost: " + node.reason()))
                .toList();
        JobOutcome outcome = JobOutcome.infrastructure("node " + name + " is lost: " + node.reason());
        Step end = next.blaming(new Verdict(nowMillis, outcome, false, OptionalInt.of(node.nodeIndex())))
                .afterBlame(lost);
        return end.state().finishIfClean(join(actions, end.actions()));
    }

    /**
     * Whether a verdict tells what a node that dies brings about before its loss is noticed: the launcher fails and
     * ends its ranks, or the node's agent sees that a rank was killed and goes the same way a moment later.
     */
    private boolean isFeltBefore(Verdict known, int lostNode) {
        int code = known.outcome().exitCode();
        boolean rankWentWithIt = known.outcome()
                .rank()
                .filter(rank -> (nodeOf(rank) == lostNode && code == KILLED)
                        || (launcher != Launcher.NONE && MAYBE_ENDED_BY_US.contains(code)))
                .isPresent();
        return known.ofLauncher() || rankWentWithIt;
    }

    private Step nodeClean(int nodeIndex) {
        return withClean(nodeIndex).finishIfClean(List.of());
    }

    private JobState withClean(int nodeIndex) {
        Set<Integer> clean = new HashSet<>(cleanNodes);
        clean.add(nodeIndex);
        return new JobState(order, gone, silent, published, clean, launcher, verdict, phase);
    }

    private Step finishIfClean(List<JobAction> before) {
        boolean clean = order.placements().stream().allMatch(rank -> cleanNodes.contains(rank.nodeIndex()));
        if (!clean || verdict.isEmpty()) {
            return new Step(this, before);
        }
        return new Step(
                in(Phase.FINISHED),
                join(before, List.of(new JobAction.Finish(verdict.get().outcome()))));
    }

    /** Ends the job, after a moment for ranks that may wait for those that are lost. */
    private Step failing(long atMillis, JobOutcome outcome, List<RankLost> lost) {
        return blaming(atMillis, outcome).afterBlame(lost);
    }

    private Step afterBlame(List<RankLost> lost) {
        if ((published.isEmpty() && launcher == Launcher.NONE) || nobodyRuns()) {
            return endRanks();
        }
        if (phase != Phase.RUNNING) {
            return new Step(this, List.of());
        }
        List<JobAction> actions = new ArrayList<>();
        lost.forEach(rank -> actions.add(new JobAction.TellLost(rank)));
        actions.add(new JobAction.AwaitSurvivors());
        return new Step(in(Phase.SURVIVING), actions);
    }

    /** Ends the job at once. */
    private Step ending(long atMillis, JobOutcome outcome) {
        return blaming(atMillis, outcome).endRanks();
    }

    private Step endRanks() {
        return phase == Phase.ENDING
                ? new Step(this, List.of())
                : new Step(in(Phase.ENDING), List.of(new JobAction.EndRanks()));
    }

    private JobState blaming(long atMillis, JobOutcome outcome) {
        return blaming(new Verdict(atMillis, outcome, false, OptionalInt.empty()));
    }

    /** Of two causes, the earlier one counts, unless the other brought it about. */
    private JobState blaming(Verdict heard) {
        return withVerdict(Optional.of(verdict.filter(known -> known.atMillis() <= heard.atMillis()
                        || known.lostNode().stream().anyMatch(lost -> isFeltBefore(heard, lost)))
                .orElse(heard)));
    }

    private JobState withVerdict(Optional<Verdict> changed) {
        return new JobState(order, gone, silent, published, cleanNodes, launcher, changed, phase);
    }

    private JobState in(Phase next) {
        return new JobState(order, gone, silent, published, cleanNodes, launcher, verdict, next);
    }

    /** With a launcher, it runs until it has cleaned up after its ranks. */
    private boolean nobodyRuns() {
        return (launcher != Launcher.RUNNING || cleanNodes.contains(order.launcherNode())) && everyRankIsGone();
    }

    private boolean everyRankIsGone() {
        return order.placements().stream()
                .allMatch(rank -> gone.containsKey(rank.rank()) || cleanNodes.contains(rank.nodeIndex()));
    }

    private static List<JobAction> join(List<JobAction> first, List<JobAction> second) {
        List<JobAction> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private int nodeOf(int rank) {
        return order.placements().get(rank).nodeIndex();
    }
}
