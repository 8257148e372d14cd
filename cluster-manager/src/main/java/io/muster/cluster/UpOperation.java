package io.muster.cluster;

import io.muster.api.Counted;
import io.muster.api.Progress;
import io.muster.plan.ClusterPlan;
import io.muster.plan.PlannedNode;
import io.muster.provider.NodeProvider;
import io.muster.provider.ProvidedNode;
import io.muster.spec.ClusterName;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.State;
import io.muster.state.StoredCluster;
import io.muster.state.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One {@code up}: writes down what is wanted, has the provider make what is missing, and bootstraps all nodes. Every
 * step asks what is there first, so that running it again completes what an earlier one began.
 */
final class UpOperation {
    private final ClusterContext context;
    private final ClusterPlan plan;
    private final Consumer<Progress> progress;

    UpOperation(ClusterContext context, ClusterPlan plan, Consumer<Progress> progress) {
        this.context = context;
        this.plan = plan;
        this.progress = progress;
    }

    void run() throws Exception {
        NodeProvider provider = context.providers().named(plan.spec().provider());
        Intent intent = context.store().inTransaction(this::intend);
        StoredCluster cluster = intent.cluster();
        ClusterFolder folder = ClusterFolder.of(context.home(), name());
        List<ProvidedNode> nodes = PhaseClock.timed(
                progress,
                "provision",
                () -> new Provisioning(context, intent.plan(), cluster, provider, folder, progress).run(),
                made -> howMany(made.size()));
        folder.writeSshConfig(nodes);
        context.store()
                .clusters()
                .move(
                        cluster.id(),
                        ClusterPhase.BOOTSTRAPPING,
                        Cause.of(
                                nodes.size() == plan.nodes().size()
                                        ? "every node exists"
                                        : howMany(nodes.size()) + " exist"));
        PhaseClock.timed(
                progress,
                "bootstrap",
                () -> new BootstrapPhase(context, cluster, folder, progress).run(nodes),
                ready -> Counted.of(ready, "node") + " ready");
        new LifetimeStep(context, cluster, provider).run(plan.spec());
        if (!RuntimePhase.needed(plan.spec()).isEmpty()) {
            PhaseClock.timed(
                    progress,
                    "runtimes",
                    () -> new RuntimePhase(context, cluster, plan.spec()).run(),
                    proved -> String.join(", ", proved));
        }
        context.store()
                .clusters()
                .move(
                        cluster.id(),
                        ClusterPhase.READY,
                        Cause.of(
                                nodes.size() == plan.nodes().size()
                                        ? "every node is ready"
                                        : howMany(nodes.size()) + " are ready"));
    }

    /** The intent: the cluster, every node that does not exist yet and every node that is to go, in one transaction. */
    private Intent intend(State state) {
        Optional<StoredCluster> live = state.clusters().live(clusterName());
        live.ifPresent(standing -> new Resize(standing, plan).intend(state));
        StoredCluster cluster = live.orElseGet(() -> state.clusters()
                .create(clusterName(), plan.spec().provider(), plan.spec().toYaml(), Cause.of("up was asked for")));
        state.clusters().want(cluster.id(), Wanted.UP, Cause.of("up was asked for"));
        ClusterPlan placed = plan.withNodes(Resize.placed(plan, state.nodes().of(cluster.id())));
        for (PlannedNode node : placed.nodes()) {
            if (state.nodes().find(cluster.id(), node.name()).isEmpty()) {
                state.nodes().want(cluster.id(), node.name(), node.index(), Cause.of("the plan has it"));
            }
        }
        return new Intent(cluster, placed);
    }

    private record Intent(StoredCluster cluster, ClusterPlan plan) {}

    private String howMany(int nodes) {
        int wanted = plan.nodes().size();
        return nodes == wanted ? Counted.of(nodes, "node") : nodes + " of " + Counted.of(wanted, "node");
    }

    private ClusterName clusterName() {
        return plan.spec().name();
    }

    private String name() {
        return clusterName().text();
    }
}
