package io.muster.job;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.cluster.PhaseClock;
import io.muster.spec.JobSpec;
import io.muster.spec.SubmittedJob;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.RankPlacement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    Submission(ClusterContext context, StoredCluster cluster, JobSpec spec, Path folder, Consumer<Progress> progress) {
        this.context = context;
        this.cluster = cluster;
        this.spec = spec;
        this.folder = folder.toAbsolutePath().normalize();
        this.progress = progress;
    }

    StoredJob run() throws Exception {
        NodeLinks links = new NodeLinks(context, cluster);
        List<NodeLinks.Member> members = links.members();
        List<Placement.Room> rooms = members.stream()
                .map(member -> new Placement.Room(member.name(), member.slots()))
                .toList();
        Placement placement = Placement.of(spec, cluster.name().text(), rooms);
        Staging staging = Staging.of(spec, folder);
        List<Integer> used = new ArrayList<>(new TreeSet<>(placement.nodeOfRank()));
        List<NodeLinks.Member> nodes = used.stream().map(members::get).toList();
        SubmittedJob submitted = new SubmittedJob(
                spec,
                folder.toString(),
                nodes.stream().map(NodeLinks.Member::name).toList());
        StoredJob job = context.store()
                .jobs()
                .submit(cluster.id(), submitted.toJson(), Cause.of(spec.ranks() + " ranks were submitted"));
        try {
            Submitter.claim(context.home().job(job.id().toString()));
            return start(job, links, nodes, staging, order(job, nodes, placement, used, staging));
        } catch (InterruptedException e) {
            end(job, JobState.CANCELLED, 130, "the submission was interrupted");
            throw e;
        } catch (Exception e) {
            end(job, JobState.FAILED, Kind.INFRASTRUCTURE.exitCode(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private StoredJob start(
            StoredJob job, NodeLinks links, List<NodeLinks.Member> nodes, Staging staging, JobOrder order)
            throws Exception {
        List<NodeLink> open = new ArrayList<>();
        try {
            PhaseClock.timed(
                    progress,
                    "stage",
                    () -> stage(job, links, nodes, staging, open),
                    bytes -> counted(staging.files().size(), "file") + " to " + counted(nodes.size(), "node") + ", "
                            + bytes / 1024 + " KiB");
            return PhaseClock.timed(
                    progress,
                    "launch",
                    () -> launch(job, open, order),
                    started -> spec.ranks() + " ranks on " + nodes.size() + " nodes");
        } finally {
            open.forEach(NodeLink::close);
        }
    }

    private long stage(
            StoredJob job, NodeLinks links, List<NodeLinks.Member> nodes, Staging staging, List<NodeLink> open)
            throws Exception {
        AtomicLong sent = new AtomicLong();
        List<Callable<NodeLink>> connecting = new ArrayList<>();
        nodes.forEach(node -> connecting.add(() -> links.open(node, LINK_DEADLINE)));
        FanOut.all(connecting, open::add);
        List<Callable<NodeLink>> staged = new ArrayList<>();
        for (NodeLink link : order(open, nodes)) {
            staged.add(() -> {
                link.agent().stage(job.id().toString(), staging.files(), sent::addAndGet);
                return link;
            });
        }
        FanOut.all(staged, link -> {});
        return sent.get();
    }

    private StoredJob launch(StoredJob job, List<NodeLink> open, JobOrder order) throws IOException {
        context.store().jobs().move(job.id(), JobState.SUBMITTING, Cause.of("every node has its files"));
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
        return new JobOrder(
                job.id().toString(),
                staging.program(),
                nodes.stream()
                        .map(node -> new JobNode(node.name(), node.address(), node.agentPort()))
                        .toList(),
                IntStream.range(0, spec.ranks())
                        .mapToObj(rank -> new RankPlacement(
                                rank, used.indexOf(placement.nodeOfRank().get(rank))))
                        .toList(),
                spec.environment(),
                spec.jvmOptions(),
                spec.wallTime());
    }

    private void end(StoredJob job, JobState state, int exitCode, String why) {
        context.store().jobs().end(job.id(), state, OptionalInt.of(exitCode), Cause.of(why));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
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
