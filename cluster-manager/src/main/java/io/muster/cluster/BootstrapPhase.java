package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.bootstrap.BootstrapPlan;
import io.muster.bootstrap.Bootstrapper;
import io.muster.bootstrap.NodeReport;
import io.muster.bootstrap.NodeTarget;
import io.muster.bootstrap.Step;
import io.muster.bootstrap.StepListener;
import io.muster.bootstrap.StepOutcome;
import io.muster.bootstrap.bundle.Bundle;
import io.muster.provider.ProvidedNode;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.NodeState;
import io.muster.state.StoredCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes members of nodes that exist, and writes down what became of each. */
final class BootstrapPhase {
    private static final String PHASE = "bootstrap";

    private final ClusterContext context;
    private final StoredCluster cluster;
    private final ClusterFolder folder;
    private final Consumer<Progress> progress;

    BootstrapPhase(ClusterContext context, StoredCluster cluster, ClusterFolder folder, Consumer<Progress> progress) {
        this.context = context;
        this.cluster = cluster;
        this.folder = folder;
        this.progress = progress;
    }

    /** Returns the number of nodes that are ready, which is all of them. */
    int run(List<ProvidedNode> nodes) throws IOException, InterruptedException {
        Installation installation = context.installation().get();
        Bundle bundle = Bundle.of(installation.runtimeImage(), installation.nodeJars());
        List<NodeTarget> targets =
                nodes.stream().map(node -> NodeLinks.target(node, folder)).toList();
        List<NodeReport> reports = new Bootstrapper()
                .run(
                        BootstrapPlan.of(cluster.name().text(), targets, bundle, folder.keys()),
                        new Steps(),
                        (node, port, link) -> context.links().keep(node, port, folder.keys(), link));
        context.store()
                .change(state -> reports.forEach(report -> {
                    String node = report.target().name();
                    report.agentPort()
                            .ifPresent(port -> state.nodes()
                                    .agentAt(cluster.id(), node, port, Cause.of("its agent listens on port " + port)));
                    report.failure()
                            .ifPresentOrElse(
                                    why -> state.nodes().failed(cluster.id(), node, Cause.of(why)),
                                    () -> state.nodes()
                                            .move(
                                                    cluster.id(),
                                                    node,
                                                    NodeState.READY,
                                                    Cause.of("it passed every step")));
                }));
        refuse(reports.stream().filter(report -> !report.succeeded()).toList(), reports.size());
        return reports.size();
    }

    private void refuse(List<NodeReport> failed, int all) {
        if (failed.isEmpty()) {
            return;
        }
        String what = failed.size() + " of " + all + " nodes are not ready";
        context.store().clusters().move(cluster.id(), ClusterPhase.DEGRADED, Cause.of(what));
        throw new MusterException(
                Kind.INFRASTRUCTURE,
                what,
                "cluster " + cluster.name(),
                failed.stream()
                        .limit(8)
                        .map(report -> report.failure().orElse(""))
                        .collect(Collectors.joining("\n         ")),
                "run the same command again, which repairs, or give it up: muster down " + cluster.name());
    }

    /** Turns steps into progress. */
    private final class Steps implements StepListener {
        @Override
        public void finished(String node, Step step, StepOutcome outcome) {
            String name = step.name().toLowerCase(Locale.ROOT);
            switch (outcome) {
                case StepOutcome.Done done -> tell(node, name, Progress.Result.DONE, done.elapsedMs(), done.seen());
                case StepOutcome.AlreadyDone done ->
                    tell(node, name, Progress.Result.UNCHANGED, done.elapsedMs(), done.seen());
                case StepOutcome.Failed failed ->
                    tell(node, name, Progress.Result.FAILED, failed.elapsedMs(), failed.message());
                case StepOutcome.Skipped skipped -> tell(node, name, Progress.Result.SKIPPED, 0, skipped.reason());
            }
        }

        private void tell(String node, String step, Progress.Result result, long elapsedMs, String outcome) {
            progress.accept(new Progress.NodeStep(PHASE, node, step, result, Duration.ofMillis(elapsedMs), outcome));
        }
    }
}
