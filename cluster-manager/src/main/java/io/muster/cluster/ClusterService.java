package io.muster.cluster;

import io.muster.api.ClusterChange;
import io.muster.api.ClusterStatus;
import io.muster.api.CollectionReport;
import io.muster.api.Counted;
import io.muster.api.DownReport;
import io.muster.api.Garbage;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.api.SshAccess;
import io.muster.login.PrepareLogin;
import io.muster.plan.ClusterPlan;
import io.muster.plan.MachineFacts;
import io.muster.plan.NoPlanException;
import io.muster.plan.Planner;
import io.muster.provider.NodeProvider;
import io.muster.provider.OfferCatalog;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterName;
import io.muster.spec.ClusterSpec;
import io.muster.state.LockAttempt;
import io.muster.state.OperationLock;
import io.muster.state.StoredCluster;
import io.muster.state.StoredNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The verbs on clusters. Thread-safe; one operation at a time changes a cluster, whichever process it comes from. */
public final class ClusterService {
    private final ClusterContext context;

    public ClusterService(ClusterContext context) {
        this.context = context;
    }

    public ClusterPlan plan(ClusterSpec spec) {
        ClusterPlan plan = planned(spec);
        return context.store()
                .clusters()
                .live(spec.name())
                .filter(standing -> !standing.specYaml().equals(spec.toYaml()))
                .map(standing -> plan.withNote("Cluster " + spec.name() + " stands with another sizing file; "
                        + Resize.inWords(standing, spec) + "."))
                .orElse(plan);
    }

    private ClusterPlan planned(ClusterSpec spec) {
        NodeProvider provider = context.providers().named(spec.provider());
        Planner planner = new Planner(MachineFacts.ofThisMachine());
        if (!(provider instanceof OfferCatalog catalog)) {
            return planner.plan(spec);
        }
        try {
            return planner.plan(spec, catalog.offers(spec.cloud()));
        } catch (NoPlanException e) {
            throw new MusterException(Kind.INPUT, String.valueOf(e.getMessage()), e.where(), e.seen(), e.next(), e);
        } catch (ProviderException e) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "cannot list the machine types of " + spec.provider(),
                    "provider: " + spec.provider(),
                    String.valueOf(e.getMessage()),
                    "correct the credentials, the region or the endpoint named above, then run the same command again",
                    e);
        }
    }

    /** What {@link #up} would change of a cluster that stands. */
    public ClusterChange change(ClusterSpec spec) {
        ClusterPlan plan = planned(spec);
        return context.store()
                .inTransaction(state -> state.clusters()
                        .live(spec.name())
                        .map(standing -> new Resize(standing, plan).change(state))
                        .orElse(ClusterChange.NONE));
    }

    /** What no cluster wants. */
    public List<Garbage> garbage() {
        try {
            return new GarbageCollection(context).find();
        } catch (ProviderException e) {
            throw GarbageCollection.failed(e);
        }
    }

    /** Removes what {@link #garbage} found. */
    public CollectionReport collectGarbage(List<Garbage> garbage) {
        try {
            return new GarbageCollection(context).remove(garbage);
        } catch (ProviderException e) {
            throw GarbageCollection.failed(e);
        }
    }

    /** The sizing file that a cluster stands with. */
    public ClusterSpec spec(String cluster) {
        return StoredSpec.of(context.require(cluster));
    }

    public ClusterStatus up(ClusterSpec spec, Consumer<Progress> progress) {
        return translating("up", spec.name().text(), () -> {
            ClusterPlan plan = PhaseClock.timed(
                    progress,
                    "plan",
                    () -> plan(spec),
                    made -> Counted.of(made.nodes().size(), "node") + ", " + Counted.of(made.slots(), "slot"));
            try (OperationLock _ = lock(spec.name(), "up")) {
                new UpOperation(context, plan, progress).run();
            }
            return status(spec.name().text());
        });
    }

    public ClusterStatus status(String cluster) {
        return translating("status", cluster, () -> new StatusQuery(context).of(context.require(cluster)));
    }

    public List<ClusterStatus> clusters() {
        StatusQuery query = new StatusQuery(context);
        return context.store().clusters().allLive().stream()
                .map(cluster -> translating("status", cluster.name().text(), () -> one(query, cluster)))
                .toList();
    }

    /** One provider that does not answer must not hide the clusters of the others. */
    private static ClusterStatus one(StatusQuery query, StoredCluster cluster) throws Exception {
        try {
            return query.of(cluster);
        } catch (ProviderException e) {
            return query.unasked(cluster, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Destroys a cluster.
     *
     * @param first what to do before, once no other operation can change the cluster
     */
    public DownReport down(String cluster, Consumer<Progress> progress, Runnable first) {
        ClusterName name = ClusterContext.nameOf(cluster);
        return translating("down", cluster, () -> {
            try (OperationLock _ = lock(name, "down")) {
                first.run();
                return new DownOperation(context, name, progress).run();
            }
        });
    }

    public SshAccess ssh(String cluster, Optional<String> node) {
        StoredCluster stored = context.require(cluster);
        List<StoredNode> nodes = context.store().nodes().of(stored.id());
        StoredNode chosen = nodes.stream()
                .filter(candidate -> node.isEmpty() || candidate.name().equals(node.get()))
                .findFirst()
                .orElseThrow(() -> new MusterException(
                        Kind.NOT_FOUND,
                        "cluster " + cluster + " has no such node",
                        "node " + node.orElse(""),
                        "it has "
                                + String.join(
                                        ", ",
                                        nodes.stream().map(StoredNode::name).toList()),
                        "name one of these"));
        if (chosen.address().isEmpty()) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "node " + chosen.name() + " has no address yet",
                    "cluster " + cluster,
                    "state " + chosen.state(),
                    "run muster up with its sizing file again");
        }
        var config = ClusterFolder.of(context.home(), cluster).sshConfig();
        boolean hasSettings = RuntimePhase.hasLauncher(StoredSpec.of(stored));
        return new SshAccess(
                chosen.name(),
                config,
                List.of("ssh", "-F", config.toString(), chosen.name()),
                hasSettings ? PrepareLogin.SETTINGS : "");
    }

    private OperationLock lock(ClusterName name, String operation) {
        return switch (context.store().lock(name, operation)) {
            case LockAttempt.Acquired acquired -> acquired.lock();
            case LockAttempt.HeldByOther other ->
                throw new MusterException(
                        Kind.BUSY,
                        "another operation is changing cluster " + name,
                        "cluster " + name,
                        other.pid() == 0
                                ? "a process that has not yet said which one it is"
                                : other.operation() + " in process " + other.pid() + " since " + other.since(),
                        "wait until it has ended" + (other.pid() == 0 ? "" : ", or end it with: kill " + other.pid()));
        };
    }

    /** Gives every failure the four parts that a user needs. */
    private static <T> T translating(String verb, String cluster, Callable<T> work) {
        try {
            return work.call();
        } catch (MusterException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MusterException(
                    Kind.INTERRUPTED,
                    verb + " was interrupted",
                    "cluster " + cluster,
                    "what was done so far stays",
                    "run the same command again to complete it, or: muster down " + cluster,
                    e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    verb + " failed",
                    "cluster " + cluster,
                    String.valueOf(e.getMessage()),
                    "see muster events " + cluster
                            + ", then run the same command again; --verbose shows where it failed",
                    e);
        }
    }
}
