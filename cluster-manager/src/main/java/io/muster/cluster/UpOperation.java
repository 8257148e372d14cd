package io.muster.cluster;

import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
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
import java.util.Locale;
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
        StoredCluster cluster = context.store().inTransaction(this::intend);
        ClusterFolder folder = ClusterFolder.of(context.home(), name());
        List<ProvidedNode> nodes = PhaseClock.timed(
                progress,
                "provision",
                () -> new Provisioning(context, plan, cluster, provider, folder, progress).run(),
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

    /** The intent: the cluster and every node that does not exist yet, in one transaction. */
    private StoredCluster intend(State state) {
        Optional<StoredCluster> live = state.clusters().live(clusterName());
        live.ifPresent(this::refuseOther);
        String yaml = plan.spec().toYaml();
        StoredCluster cluster = live.orElseGet(() ->
                state.clusters().create(clusterName(), plan.spec().provider(), yaml, Cause.of("up was asked for")));
        state.clusters().want(cluster.id(), Wanted.UP, Cause.of("up was asked for"));
        for (PlannedNode node : plan.nodes()) {
            if (state.nodes().find(cluster.id(), node.name()).isEmpty()) {
                state.nodes().want(cluster.id(), node.name(), node.index(), Cause.of("the plan has it"));
            }
        }
        return cluster;
    }

    private void refuseOther(StoredCluster live) {
        if (live.phase() == ClusterPhase.DESTROYING || live.wanted() == Wanted.DOWN) {
            throw new MusterException(
                    Kind.INPUT,
                    "cluster " + name() + " is going down",
                    "cluster " + name(),
                    "phase " + live.phase().name().toLowerCase(Locale.ROOT),
                    "finish that first: muster down " + name());
        }
        if (!live.specYaml().equals(plan.spec().toYaml())) {
            throw new MusterException(
                    Kind.INPUT,
                    "cluster " + name() + " exists already with another sizing file",
                    "cluster " + name(),
                    SpecDifference.between(live.specYaml(), plan.spec().toYaml()),
                    "choose another name, or take it down first: muster down " + name());
        }
    }

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
