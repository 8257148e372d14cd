package io.muster.cluster;

import io.muster.api.DownReport;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.provider.LeftOver;
import io.muster.provider.NodeProvider;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterName;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.NodeState;
import io.muster.state.State;
import io.muster.state.StoredCluster;
import io.muster.state.StoredNode;
import io.muster.state.Wanted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One {@code down}: the intent first, then the effect, then a second look. Tags are the truth: a cluster that the store
 * has lost is found at the providers and destroyed all the same.
 */
final class DownOperation {
    private final ClusterContext context;
    private final ClusterName name;
    private final Consumer<Progress> progress;

    DownOperation(ClusterContext context, ClusterName name, Consumer<Progress> progress) {
        this.context = context;
        this.name = name;
        this.progress = progress;
    }

    DownReport run() throws Exception {
        Optional<StoredCluster> cluster = context.store().clusters().live(name);
        List<NodeProvider> providers = cluster.map(
                        stored -> List.of(context.providers().named(stored.provider())))
                .orElseGet(() -> context.providers().setUp());
        List<ProvidedNode> standing = listed(providers);
        if (cluster.isEmpty() && standing.isEmpty()) {
            throw ClusterContext.notFound(name.text());
        }
        cluster.ifPresent(stored -> context.store().change(state -> intend(state, stored)));
        return PhaseClock.timed(
                progress,
                "destroy",
                () -> destroy(cluster, providers, standing.size()),
                report -> report.destroyed() + " destroyed, " + report.left() + " left");
    }

    private void intend(State state, StoredCluster cluster) {
        state.clusters().want(cluster.id(), Wanted.DOWN, Cause.of("down was asked for"));
        state.clusters().move(cluster.id(), ClusterPhase.DESTROYING, Cause.of("down was asked for"));
        for (StoredNode node : state.nodes().of(cluster.id())) {
            if (node.state() != NodeState.GONE) {
                state.nodes().move(cluster.id(), node.name(), NodeState.DESTROYING, Cause.of("the cluster goes down"));
            }
        }
    }

    private DownReport destroy(Optional<StoredCluster> cluster, List<NodeProvider> providers, int standing)
            throws ProviderException {
        List<LeftOver> leftOvers = new ArrayList<>();
        for (NodeProvider provider : providers) {
            leftOvers.addAll(provider.destroyAll(name.text()));
        }
        List<ProvidedNode> left = listed(providers);
        if (!left.isEmpty() || !leftOvers.isEmpty()) {
            throw somethingIsLeft(leftOvers, left);
        }
        Path keys = ClusterFolder.delete(context.home(), name.text());
        context.links().forget(keys);
        cluster.ifPresent(stored -> context.store().change(state -> {
            for (StoredNode node : state.nodes().of(stored.id())) {
                state.nodes().move(stored.id(), node.name(), NodeState.GONE, Cause.of("the provider lists it no more"));
            }
            state.clusters().move(stored.id(), ClusterPhase.DESTROYED, Cause.of("nothing of it is left"));
        }));
        return new DownReport(name.text(), standing, 0);
    }

    private List<ProvidedNode> listed(List<NodeProvider> providers) throws ProviderException {
        List<ProvidedNode> nodes = new ArrayList<>();
        for (NodeProvider provider : providers) {
            nodes.addAll(provider.list(name.text()));
        }
        return nodes;
    }

    private MusterException somethingIsLeft(List<LeftOver> leftOvers, List<ProvidedNode> left) {
        String seen = leftOvers.isEmpty()
                ? left.stream().map(ProvidedNode::name).collect(Collectors.joining(", "))
                : leftOvers.stream()
                        .limit(8)
                        .map(one -> one.node() + " " + one.what() + ": " + one.reason())
                        .collect(Collectors.joining("\n         "));
        return new MusterException(
                Kind.INFRASTRUCTURE,
                "something of cluster " + name + " is left",
                "cluster " + name,
                seen,
                "run muster down " + name + " again; it goes on where this one stopped");
    }
}
