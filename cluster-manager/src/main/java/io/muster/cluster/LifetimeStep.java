package io.muster.cluster;

import io.muster.provider.NodeProvider;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterSpec;
import io.muster.state.StoredCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tells every node when its lifetime ends, so that it ends itself when no manager is there any more. */
final class LifetimeStep {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(30);

    private final ClusterContext context;
    private final StoredCluster cluster;
    private final NodeProvider provider;

    LifetimeStep(ClusterContext context, StoredCluster cluster, NodeProvider provider) {
        this.context = context;
        this.cluster = cluster;
        this.provider = provider;
    }

    /** When a cluster ends by itself; empty when its spec sets no lifetime. */
    static Optional<Instant> endOf(StoredCluster cluster, ClusterSpec spec) {
        return spec.limits().lifetime().map(cluster.createdAt()::plus);
    }

    void run(ClusterSpec spec) throws ProviderException, IOException, InterruptedException {
        Optional<Instant> end = endOf(cluster, spec);
        NodeLinks links = new NodeLinks(context, cluster);
        List<Future<?>> told = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (NodeLinks.Member member : links.members()) {
                told.add(threads.submit(() -> tell(links, member, end)));
            }
        }
        for (Future<?> one : told) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IOException("a node was not told its lifetime: " + e.getCause(), e);
            }
        }
    }

    private String tell(NodeLinks links, NodeLinks.Member member, Optional<Instant> end)
            throws IOException, InterruptedException {
        try (NodeLink link = links.open(member, LINK_DEADLINE)) {
            link.agent().setLifetime(end, provider.endCommand());
            return member.name();
        }
    }
}
