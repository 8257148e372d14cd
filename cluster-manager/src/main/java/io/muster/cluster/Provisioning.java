package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.plan.ClusterPlan;
import io.muster.plan.PlannedNode;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterSpec;
import io.muster.spec.MemorySize;
import io.muster.spec.NodeGroup;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.NodeAddress;
import io.muster.state.NodeState;
import io.muster.state.State;
import io.muster.state.StoredCluster;
import io.muster.state.StoredNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** The nodes in the order of the plan; all of them run. */
    List<ProvidedNode> run() throws ProviderException {
        List<ProvidedNode> existing = provider.list(cluster.name().text());
        destroyStrangers(existing);
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
        refuse(failures);
        return nodes;
    }

    /** Nodes that carry the cluster's tag and are in no plan: left by an earlier life of the name. */
    private void destroyStrangers(List<ProvidedNode> existing) {
        Set<String> planned = plan.nodes().stream().map(PlannedNode::name).collect(Collectors.toSet());
        List<String> strangers = existing.stream()
                .map(ProvidedNode::name)
                .filter(name -> !planned.contains(name))
                .toList();
        if (!strangers.isEmpty()) {
            context.store()
                    .events()
                    .note(cluster.id(), Cause.of("destroying nodes that no plan has: " + String.join(", ", strangers)));
            provider.destroy(cluster.name().text(), strangers);
        }
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
        NodeGroup group = node.group();
        if (!group.hosts().isEmpty()) {
            long before = plan.nodes().stream()
                    .filter(other -> other.group().equals(group) && other.index() < node.index())
                    .count();
            return new NodeSource.OnHost(group.hosts().get((int) before));
        }
        return ClusterSpec.CLOUDS.contains(plan.spec().provider())
                ? new NodeSource.InCloud(
                        plan.spec().cloud(),
                        group.types(),
                        group.spot(),
                        group.disk().map(disk -> OptionalLong.of(disk.bytes())).orElse(OptionalLong.empty()),
                        plan.spec()
                                .limits()
                                .lifetime()
                                .map(lifetime -> cluster.createdAt().plus(lifetime)))
                : new NodeSource.Anywhere();
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

    private void refuse(List<NodeOutcome.Failed> failures) {
        if (failures.isEmpty()) {
            return;
        }
        context.store()
                .clusters()
                .move(
                        cluster.id(),
                        ClusterPhase.DEGRADED,
                        Cause.of(failures.size() + " of " + plan.nodes().size() + " nodes did not come"));
        throw new MusterException(
                Kind.INFRASTRUCTURE,
                failures.size() + " of " + plan.nodes().size() + " nodes did not come",
                "cluster " + cluster.name(),
                failures.stream()
                        .limit(8)
                        .map(failed -> failed.node() + ": " + failed.reason())
                        .collect(Collectors.joining("\n         ")),
                "mend that and run the same command again, or give it up: muster down " + cluster.name());
    }
}
