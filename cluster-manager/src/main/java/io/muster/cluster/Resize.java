package io.muster.cluster;

import io.muster.api.ClusterChange;
import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.plan.ClusterPlan;
import io.muster.plan.NodeIndexes;
import io.muster.plan.PlannedNode;
import io.muster.plan.SpecChange;
import io.muster.spec.ClusterSpec;
import io.muster.spec.SubmittedJob;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.NodeState;
import io.muster.state.State;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import io.muster.state.StoredNode;
import io.muster.state.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a plan changes of a cluster that stands: the difference, and the intent for what comes and what goes. */
final class Resize {
    private final StoredCluster standing;
    private final ClusterPlan plan;

    Resize(StoredCluster standing, ClusterPlan plan) {
        this.standing = standing;
        this.plan = plan;
    }

    /** What {@code up} would do with a difference, as the end of a sentence. */
    static String inWords(StoredCluster standing, ClusterSpec wanted) {
        ClusterSpec before = StoredSpec.of(standing);
        SpecChange difference = SpecChange.between(before, wanted);
        if (!difference.obstacles().isEmpty()) {
            return "up would refuse: " + String.join("; ", difference.obstacles());
        }
        List<String> changes = new ArrayList<>(difference.settings());
        if (before.count() != wanted.count()) {
            changes.addFirst(before.count() + " → " + Counted.of(wanted.count(), "node"));
        }
        return "up would change it: " + String.join("; ", changes);
    }

    /** The plan's nodes at the places that they have in the cluster. */
    static List<PlannedNode> placed(ClusterPlan plan, List<StoredNode> nodes) {
        return NodeIndexes.of(
                plan.nodes(), nodes.stream().collect(Collectors.toMap(StoredNode::name, StoredNode::index)));
    }

    /** Refuses what the cluster cannot follow. */
    ClusterChange change(State state) {
        if (standing.phase() == ClusterPhase.DESTROYING || standing.wanted() == Wanted.DOWN) {
            throw refused(
                    "cluster " + name() + " is going down",
                    "phase " + standing.phase().name().toLowerCase(Locale.ROOT),
                    "finish that first: muster down " + name());
        }
        LifetimeStep.endOf(standing, plan.spec())
                .filter(end -> end.isBefore(Instant.now()))
                .ifPresent(end -> {
                    throw refused(
                            "the lifetime of cluster " + name() + " is over",
                            "it ended at " + end,
                            "give it a longer limits.lifetime in the sizing file, or take it down: muster down "
                                    + name());
                });
        SpecChange difference = SpecChange.between(StoredSpec.of(standing), plan.spec());
        if (!difference.obstacles().isEmpty()) {
            throw refused(
                    "cluster " + name() + " exists already with another sizing file",
                    String.join("; ", difference.obstacles()),
                    "nodes can be added and removed, the rest is fixed while it stands: choose another name, or take"
                            + " it down first: muster down " + name());
        }
        Set<String> there = new HashSet<>();
        state.nodes().of(standing.id()).stream()
                .filter(node -> node.state() != NodeState.GONE)
                .forEach(node -> there.add(node.name()));
        Set<String> wanted = plan.nodes().stream().map(PlannedNode::name).collect(Collectors.toSet());
        List<String> added = plan.nodes().stream()
                .map(PlannedNode::name)
                .filter(node -> !there.contains(node))
                .toList();
        List<String> removed = state.nodes().of(standing.id()).stream()
                .map(StoredNode::name)
                .filter(node -> there.contains(node) && !wanted.contains(node))
                .toList();
        return new ClusterChange(added, removed, difference.settings());
    }

    /** Writes down the new sizing file, and that nodes are to go; none of those may run a job. */
    void intend(State state) {
        ClusterChange change = change(state);
        refuseBusy(state, change.removed());
        if (!standing.specYaml().equals(plan.spec().toYaml())) {
            state.clusters().respecify(standing.id(), plan.spec().toYaml(), Cause.of("up with a changed sizing file"));
        }
        for (String node : change.removed()) {
            state.nodes().move(standing.id(), node, NodeState.DESTROYING, Cause.of("the sizing file has it no more"));
        }
        for (StoredNode node : state.nodes().of(standing.id())) {
            boolean wantedAgain =
                    node.state() == NodeState.DESTROYING && !change.removed().contains(node.name());
            if (wantedAgain) {
                state.nodes().failed(standing.id(), node.name(), Cause.of("wanted again before it was destroyed"));
            }
        }
    }

    private void refuseBusy(State state, List<String> removed) {
        List<String> busy = new ArrayList<>();
        for (StoredJob job : state.jobs().of(standing.id())) {
            if (!job.state().isEnd()) {
                SubmittedJob.fromJson(job.specJson()).nodes().stream()
                        .filter(removed::contains)
                        .forEach(node -> busy.add("job " + job.id() + " runs on " + node));
            }
        }
        if (!busy.isEmpty()) {
            throw refused(
                    "nodes that run jobs are not removed",
                    String.join(", ", busy),
                    "wait until they have ended (muster jobs), or end them: muster cancel JOB");
        }
    }

    private MusterException refused(String what, String seen, String next) {
        return new MusterException(Kind.INPUT, what, "cluster " + name(), seen, next);
    }

    private String name() {
        return standing.name().text();
    }
}
