package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.Libraries;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.cluster.PhaseClock;
import io.muster.cluster.StoredSpec;
import io.muster.host.LibraryScripts;
import io.muster.launch.MpiLibrary;
import io.muster.spec.ClusterSpec;
import io.muster.spec.JobSpec;
import io.muster.spec.Preparation;
import io.muster.spec.SubmittedJob;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.State;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import io.muster.state.StoredNode;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.RankPlacement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One {@code submit}: place, write down, stage to every node of the job, have the head node start the supervisor. */
final class Submission {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(20);

    private final ClusterContext context;
    private final StoredCluster cluster;
    private final JobSpec spec;
    private final Path folder;
    private final Consumer<Progress> progress;
    private final Runnable lookAtRunningJobs;
    private final List<NodeLink> open = new ArrayList<>();
    private boolean ordered;

    /**
     * @param lookAtRunningJobs writes down which jobs of the cluster have ended meanwhile
     */
    Submission(
            ClusterContext context,
            StoredCluster cluster,
            JobSpec spec,
            Path folder,
            Consumer<Progress> progress,
            Runnable lookAtRunningJobs) {
        this.context = context;
        this.cluster = cluster;
        this.spec = spec;
        this.folder = folder.toAbsolutePath().normalize();
        this.progress = progress;
        this.lookAtRunningJobs = lookAtRunningJobs;
    }

    StoredJob run() throws Exception {
        NodeLinks links = new NodeLinks(context, cluster);
        List<NodeLinks.Member> members = links.members();
        Staging staging = Staging.of(spec, folder);
        LargeInputs.describe(staging.files()).ifPresent(text -> progress.accept(new Progress.Note(text)));
        Placed placed = place(members);
        StoredJob job = placed.job();
        List<NodeLinks.Member> nodes = placed.nodes();
        try {
            Submitter.claim(context.home().job(job.id().toString()));
            return start(job, links, nodes, staging, order(job, nodes, placed.placement(), placed.used(), staging));
        } catch (Exception e) {
            boolean interrupted = isInterrupt(e);
            takeBack(job, new Withdrawal(context, links, job), nodes, e, interrupted);
            if (interrupted) {
                throw (InterruptedException) new InterruptedException("the submission was interrupted").initCause(e);
            }
            throw e;
        }
    }

    /**
     * A job that is written down with its place.
     *
     * @param used indexes of the nodes that it has, in the order of the nodes
     */
    private record Placed(StoredJob job, Placement placement, List<Integer> used, List<NodeLinks.Member> nodes) {}

    /** Jobs that have ended may still stand as running, as nobody has asked for them: they are asked for first then. */
    private Placed place(List<NodeLinks.Member> members) {
        try {
            return context.store().inTransaction(state -> place(state, members));
        } catch (MusterException e) {
            if (e.kind() != MusterException.Kind.BUSY) {
                throw e;
            }
            lookAtRunningJobs.run();
            return context.store().inTransaction(state -> place(state, members));
        }
    }

    private Placed place(State state, List<NodeLinks.Member> members) {
        List<SubmittedJob> others = state.jobs().of(cluster.id()).stream()
                .filter(job -> !job.state().isEnd())
                .map(job -> SubmittedJob.fromJson(job.specJson()))
                .toList();
        List<Placement.Room> rooms =
                members.stream().map(member -> room(member, others)).toList();
        Placement placement = Placement.of(spec, cluster.name().text(), rooms);
        List<Integer> used = new ArrayList<>(new TreeSet<>(placement.nodeOfRank()));
        List<NodeLinks.Member> nodes = used.stream().map(members::get).toList();
        SubmittedJob submitted = new SubmittedJob(
                spec,
                folder.toString(),
                nodes.stream().map(NodeLinks.Member::name).toList(),
                used.stream()
                        .map(node -> Collections.frequency(placement.nodeOfRank(), node))
                        .toList());
        return new Placed(written(state, submitted), placement, used, nodes);
    }

    private static Placement.Room room(NodeLinks.Member member, List<SubmittedJob> others) {
        int busy = others.stream().mapToInt(job -> job.ranksOn(member.name())).sum();
        return new Placement.Room(member.name(), member.slots(), busy);
    }

    /** None of the nodes may have been given up meanwhile. */
    private StoredJob written(State state, SubmittedJob submitted) {
        for (StoredNode node : state.nodes().of(cluster.id())) {
            if (node.isLeaving() && submitted.nodes().contains(node.name())) {
                throw new MusterException(
                        MusterException.Kind.BUSY,
                        "node " + node.name() + " is being removed",
                        "cluster " + cluster.name(),
                        "state " + node.state(),
                        "submit again: the job is then placed on the nodes that stay");
            }
        }
        return state.jobs().submit(cluster.id(), submitted.toJson(), Cause.of(spec.ranks() + " ranks were submitted"));
    }

    private StoredJob start(
            StoredJob job, NodeLinks links, List<NodeLinks.Member> nodes, Staging staging, JobOrder order)
            throws Exception {
        try {
            PhaseClock.timed(
                    progress,
                    "stage",
                    () -> stage(job, links, nodes, staging),
                    bytes -> Counted.of(staging.files().size(), "file") + " to " + Counted.of(nodes.size(), "node")
                            + ", " + bytes / 1024 + " KiB");
            if (!spec.preparation().equals(Preparation.NONE)) {
                PrepareStep prepare = new PrepareStep(
                        job.id().toString(),
                        spec,
                        order.library(),
                        links,
                        nodes,
                        context.home().job(job.id().toString()));
                PhaseClock.timed(progress, "prepare", () -> prepare.run(staging.python(), open), done -> done);
            }
            return PhaseClock.timed(
                    progress,
                    "launch",
                    () -> launch(job, order),
                    started -> Counted.of(spec.ranks(), "rank") + " on " + Counted.of(nodes.size(), "node"));
        } finally {
            open.forEach(NodeLink::close);
        }
    }

    /** Returns the bytes that all nodes together got. */
    private long stage(StoredJob job, NodeLinks links, List<NodeLinks.Member> nodes, Staging staging) throws Exception {
        List<Callable<NodeLink>> connecting = new ArrayList<>();
        nodes.forEach(node -> connecting.add(() -> links.open(node, LINK_DEADLINE)));
        FanOut.all(connecting, open::add);
        List<Callable<Long>> staged = new ArrayList<>();
        for (NodeLink link : order(open, nodes)) {
            staged.add(() -> {
                AtomicLong done = new AtomicLong();
                link.agent().stage(job.id().toString(), staging.files(), done::set);
                return done.get();
            });
        }
        AtomicLong sent = new AtomicLong();
        FanOut.all(staged, sent::addAndGet);
        return sent.get();
    }

    private StoredJob launch(StoredJob job, JobOrder order) throws IOException {
        context.store().jobs().move(job.id(), JobState.SUBMITTING, Cause.of("every node has its files"));
        ordered = true;
        open.getFirst().agent().submit(order);
        return context.store().jobs().move(job.id(), JobState.RUNNING, Cause.of("its supervisor has accepted it"));
    }

    /** Links come in the order in which they opened; the head node's must be first. */
    private static List<NodeLink> order(List<NodeLink> open, List<NodeLinks.Member> nodes) {
        List<String> names = nodes.stream().map(NodeLinks.Member::name).toList();
        open.sort((a, b) -> Integer.compare(names.indexOf(a.node()), names.indexOf(b.node())));
        return open;
    }

    private JobOrder order(
            StoredJob job, List<NodeLinks.Member> nodes, Placement placement, List<Integer> used, Staging staging) {
        MpiLibrary library = Libraries.of(StoredSpec.of(cluster), spec.runtime());
        return new JobOrder(
                job.id().toString(),
                staging.program(library),
                nodes.stream()
                        .map(node -> new JobNode(node.name(), node.address(), node.agentPort()))
                        .toList(),
                IntStream.range(0, spec.ranks())
                        .mapToObj(rank -> new RankPlacement(
                                rank, used.indexOf(placement.nodeOfRank().get(rank))))
                        .toList(),
                environment(nodes, placement, used, library),
                spec.jvmOptions(),
                library,
                staging.stdin(),
                spec.wallTime());
    }

    /** Ranks that have nodes which are machines of their own for themselves are bound to cores, one a slot. */
    private Map<String, String> environment(
            List<NodeLinks.Member> nodes, Placement placement, List<Integer> used, MpiLibrary library) {
        boolean machines = !cluster.provider().equals(ClusterSpec.LOCAL)
                && !cluster.provider().equals(ClusterSpec.DOCKER);
        boolean whole = IntStream.range(0, nodes.size())
                .allMatch(i -> Collections.frequency(placement.nodeOfRank(), used.get(i))
                        == nodes.get(i).slots());
        if (!library.hasLauncher() || !machines || !whole) {
            return spec.environment();
        }
        Map<String, String> bound = new LinkedHashMap<>(spec.environment());
        bound.put(LibraryScripts.BIND_TO, "core");
        return bound;
    }

    /** Leaves nothing of a job that was not submitted wholly: no file on the nodes, and an end in the store. */
    private void takeBack(
            StoredJob job, Withdrawal withdrawal, List<NodeLinks.Member> nodes, Exception why, boolean interrupted)
            throws IOException {
        boolean mayRun = ordered && !(why instanceof AgentException);
        if (mayRun && !withdrawal.endOn(nodes.getFirst())) {
            // It stays SUBMITTING: whoever asks for it next finds out from its head node what became of it.
            Submitter.release(context.home().job(job.id().toString()));
            return;
        }
        context.store().change(state -> {
            if (!state.jobs().find(job.id()).orElseThrow().state().isEnd()) {
                state.jobs()
                        .end(
                                job.id(),
                                interrupted ? JobState.CANCELLED : JobState.FAILED,
                                OptionalInt.of((interrupted ? Kind.INTERRUPTED : kindOf(why)).exitCode()),
                                Cause.of(
                                        interrupted
                                                ? "the submission was interrupted"
                                                : String.valueOf(why.getMessage())));
            }
        });
        List<String> reached = open.stream().map(NodeLink::node).toList();
        withdrawal.removeFrom(
                nodes.stream().filter(node -> reached.contains(node.name())).toList());
    }

    private static Kind kindOf(Exception why) {
        return why instanceof MusterException known ? known.kind() : Kind.INFRASTRUCTURE;
    }

    /** Takes the interrupt, too: what is left to do must not be broken off by it. */
    private static boolean isInterrupt(Exception failure) {
        boolean interrupted = Thread.interrupted();
        for (Throwable cause = failure; cause != null && !interrupted; cause = cause.getCause()) {
            interrupted = cause instanceof InterruptedException;
        }
        return interrupted;
    }

    /** Refuses a cluster that cannot take jobs now. */
    static void requireReady(StoredCluster cluster) {
        switch (cluster.phase()) {
            case READY, DEGRADED -> {}
            case CREATING, BOOTSTRAPPING, DESTROYING, DESTROYED ->
                throw new MusterException(
                        Kind.INFRASTRUCTURE,
                        "cluster " + cluster.name() + " is not ready",
                        "cluster " + cluster.name(),
                        "phase " + cluster.phase(),
                        "bring it up first: run muster up with its sizing file again");
        }
    }
}
