package io.muster.cluster;

import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.plan.ClusterPlan;
import io.muster.plan.PlannedNode;
import io.muster.provider.FailureKind;
import io.muster.provider.LeftOver;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterSpec;
import io.muster.spec.MemorySize;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.NodeAddress;
import io.muster.state.NodeState;
import io.muster.state.State;
import io.muster.state.StoredCluster;
import io.muster.state.StoredNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the provider have exactly the nodes of the plan. */
final class Provisioning {
    private static final String PHASE = "provision";

    private final ClusterContext context;
    private final ClusterPlan plan;
    private final StoredCluster cluster;
    private final NodeProvider provider;
    private final ClusterFolder folder;
    private final Consumer<Progress> progress;

    Provisioning(
            ClusterContext context,
            ClusterPlan plan,
            StoredCluster cluster,
            NodeProvider provider,
            ClusterFolder folder,
            Consumer<Progress> progress) {
        this.context = context;
        this.plan = plan;
        this.cluster = cluster;
        this.provider = provider;
        this.folder = folder;
        this.progress = progress;
    }

    /** The nodes that came, in the order of the plan; as many of each group as are enough, and all of them run. */
    List<ProvidedNode> run() throws ProviderException {
        provider.expectIn(plan.spec().cloud());
        List<ProvidedNode> existing = provider.list(cluster.name().text());
        removeUnplanned(existing);
        Set<String> running = existing.stream()
                .filter(ProvidedNode::isRunning)
                .map(ProvidedNode::name)
                .collect(Collectors.toSet());
        context.store()
                .change(state -> plan.nodes().stream()
                        .filter(node -> !running.contains(node.name()))
                        .forEach(node -> wantAgain(state, node)));
        List<NodeRequest> requests = plan.nodes().stream().map(this::request).toList();
        List<ProvidedNode> nodes = new ArrayList<>();
        List<NodeOutcome.Failed> failures = new ArrayList<>();
        for (NodeOutcome outcome : provider.create(requests)) {
            switch (outcome) {
                case NodeOutcome.Created created -> {
                    remember(created.provided());
                    report(created.node(), running.contains(created.node()), created.took());
                    nodes.add(created.provided());
                }
                case NodeOutcome.Failed failed -> {
                    context.store().nodes().failed(cluster.id(), failed.node(), Cause.of(failed.reason()));
                    progress.accept(new Progress.NodeStep(
                            PHASE, failed.node(), "create", Progress.Result.FAILED, Duration.ZERO, failed.reason()));
                    failures.add(failed);
                }
            }
        }
        if (!failures.isEmpty()) {
            if (!isEnough(nodes) || failures.stream().anyMatch(failed -> failed.kind() == FailureKind.CANCELLED)) {
                throw refusal(failures);
            }
            giveUp(failures);
        }
        return nodes;
    }

    /** Whether each group has as many nodes as the spec calls enough. */
    private boolean isEnough(List<ProvidedNode> nodes) {
        Set<String> here = nodes.stream().map(ProvidedNode::name).collect(Collectors.toSet());
        return plan.spec().groups().stream()
                .allMatch(group -> plan.nodes().stream()
                                .filter(node -> node.group().equals(group) && here.contains(node.name()))
                                .count()
                        >= group.enough());
    }

    /** The cluster goes on without these nodes; nothing of them may stay. The next {@code up} tries them again. */
    private void giveUp(List<NodeOutcome.Failed> failures) {
        List<String> names = failures.stream().map(NodeOutcome.Failed::node).toList();
        context.store()
                .events()
                .note(
                        cluster.id(),
                        Cause.of("going on without " + String.join(", ", names) + ": the nodes that came are enough"));
        for (LeftOver left : provider.destroy(cluster.name().text(), names)) {
            String what = left.what() + ": " + left.reason();
            context.store().events().note(cluster.id(), Cause.of("left of node " + left.node() + ": " + what));
            progress.accept(
                    new Progress.NodeStep(PHASE, left.node(), "destroy", Progress.Result.FAILED, Duration.ZERO, what));
        }
    }

    /** Nodes that carry the cluster's tag and are in no plan: no longer wanted, or of an earlier life of the name. */
    private void removeUnplanned(List<ProvidedNode> existing) throws ProviderException {
        Set<String> planned = plan.nodes().stream().map(PlannedNode::name).collect(Collectors.toSet());
        List<String> unplanned = existing.stream()
                .map(ProvidedNode::name)
                .filter(name -> !planned.contains(name))
                .toList();
        if (!unplanned.isEmpty()) {
            context.store()
                    .events()
                    .note(cluster.id(), Cause.of("destroying nodes that no plan has: " + String.join(", ", unplanned)));
            List<LeftOver> left = provider.destroy(cluster.name().text(), unplanned);
            if (!left.isEmpty()) {
                throw new ProviderException(left.stream()
                        .map(one -> one.node() + " " + one.what() + " is left: " + one.reason())
                        .collect(Collectors.joining("; ")));
            }
            unplanned.forEach(node -> progress.accept(new Progress.NodeStep(
                    PHASE, node, "destroy", Progress.Result.DONE, Duration.ZERO, "the plan has it no more")));
        }
        context.store()
                .change(state -> state.nodes().of(cluster.id()).stream()
                        .filter(node -> node.state() == NodeState.DESTROYING)
                        .forEach(node -> state.nodes()
                                .move(
                                        cluster.id(),
                                        node.name(),
                                        NodeState.GONE,
                                        Cause.of("the provider has it no more"))));
    }

    /** The intent for a node that the provider does not have, whatever the store believed. */
    private void wantAgain(State state, PlannedNode node) {
        StoredNode stored = state.nodes().find(cluster.id(), node.name()).orElseThrow();
        switch (stored.state()) {
            case WANTED -> {}
            case CREATED, READY, DESTROYING -> {
                state.nodes().move(cluster.id(), node.name(), NodeState.GONE, Cause.of("the provider has it no more"));
                state.nodes().want(cluster.id(), node.name(), node.index(), Cause.of("the plan has it"));
            }
            case FAILED, GONE ->
                state.nodes().want(cluster.id(), node.name(), node.index(), Cause.of("the plan has it"));
        }
        progress.accept(
                new Progress.NodeStep(PHASE, node.name(), "want", Progress.Result.DONE, Duration.ZERO, "written down"));
    }

    private NodeRequest request(PlannedNode node) {
        return new NodeRequest(
                cluster.name().text(),
                node.name(),
                node.index(),
                node.slots(),
                node.cores(),
                node.memory().map(MemorySize::bytes).orElse(0L),
                node.group().image(),
                folder.keys().ssh().publicLine(),
                folder.hostKey(node.name()),
                source(node));
    }

    private NodeSource source(PlannedNode node) {
        if (node.host().isPresent()) {
            return new NodeSource.OnHost(node.host().get());
        }
        ClusterSpec spec = plan.spec();
        if (!spec.isInCloud()) {
            return new NodeSource.Anywhere();
        }
        OptionalLong diskBytes =
                node.group().disk().map(disk -> OptionalLong.of(disk.bytes())).orElse(OptionalLong.empty());
        Optional<Instant> endsAt = spec.limits().lifetime().map(cluster.createdAt()::plus);
        return new NodeSource.InCloud(spec.cloud(), node.types(), node.group().spot(), diskBytes, endsAt);
    }

    private void remember(ProvidedNode node) {
        var ssh = node.ssh()
                .orElseThrow(() -> new IllegalStateException("node " + node.name() + " was created but does not run"));
        NodeAddress address =
                new NodeAddress(node.providerId(), ssh.host(), ssh.port(), ssh.user(), node.hostPublicKey());
        context.store().change(state -> {
            StoredNode stored = state.nodes().find(cluster.id(), node.name()).orElseThrow();
            boolean known = stored.address().filter(address::equals).isPresent()
                    && (stored.state() == NodeState.READY || stored.state() == NodeState.CREATED);
            if (!known) {
                state.nodes().created(cluster.id(), node.name(), address, Cause.of("it runs at " + ssh));
            }
        });
    }

    private void report(String node, boolean wasThere, Duration took) {
        progress.accept(new Progress.NodeStep(
                PHASE,
                node,
                "create",
                wasThere ? Progress.Result.UNCHANGED : Progress.Result.DONE,
                took,
                wasThere ? "runs already" : "created"));
    }

    private MusterException refusal(List<NodeOutcome.Failed> failures) {
        String what = failures.size() + " of " + Counted.of(plan.nodes().size(), "node") + " could not be created";
        context.store().clusters().move(cluster.id(), ClusterPhase.DEGRADED, Cause.of(what));
        return new MusterException(
                Kind.INFRASTRUCTURE,
                what,
                "cluster " + cluster.name(),
                failures.stream()
                        .limit(8)
                        .map(failed -> failed.node() + ": " + failed.reason())
                        .collect(Collectors.joining("\n         ")),
                "correct what is said above and run muster up again, or remove what was created: muster down "
                        + cluster.name());
    }
}
