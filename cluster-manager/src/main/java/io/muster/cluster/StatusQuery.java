package io.muster.cluster;

import io.muster.api.ClusterStatus;
import io.muster.api.NodeStatus;
import io.muster.api.NodeStatus.Health;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.state.StoredCluster;
import io.muster.state.StoredNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the provider and every agent how a cluster is, all nodes at once. */
final class StatusQuery {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClusterContext context;

    StatusQuery(ClusterContext context) {
        this.context = context;
    }

    ClusterStatus of(StoredCluster cluster) throws ProviderException, IOException, InterruptedException {
        Map<String, ProvidedNode> provided =
                context
                        .providers()
                        .named(cluster.provider())
                        .list(cluster.name().text())
                        .stream()
                        .collect(Collectors.toMap(ProvidedNode::name, Function.identity()));
        NodeLinks links = new NodeLinks(context, cluster);
        Map<String, NodeLinks.Member> members =
                links.members().stream().collect(Collectors.toMap(NodeLinks.Member::name, Function.identity()));
        List<Future<NodeStatus>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (StoredNode node : context.store().nodes().of(cluster.id())) {
                if (node.isLeaving() && !provided.containsKey(node.name())) {
                    continue;
                }
                asked.add(threads.submit(() -> ask(node, provided, members, links)));
            }
        }
        List<NodeStatus> nodes = new ArrayList<>();
        for (Future<NodeStatus> answer : asked) {
            try {
                nodes.add(answer.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interrupt) {
                    throw interrupt;
                }
                throw new IllegalStateException("asking a node must end as a status", e.getCause());
            }
        }
        return new ClusterStatus(
                cluster.name().text(), cluster.provider(), cluster.phase(), cluster.createdAt(), nodes);
    }

    /** What the store knows of a cluster whose provider cannot be asked, and why that is. */
    ClusterStatus unasked(StoredCluster cluster, String reason) {
        List<NodeStatus> nodes = context.store().nodes().of(cluster.id()).stream()
                .map(node -> new NodeStatus(node.name(), 0, Health.UNREACHABLE, "", reason))
                .toList();
        return new ClusterStatus(
                cluster.name().text(), cluster.provider(), cluster.phase(), cluster.createdAt(), nodes);
    }

    private static NodeStatus ask(
            StoredNode node, Map<String, ProvidedNode> provided, Map<String, NodeLinks.Member> members, NodeLinks links)
            throws InterruptedException {
        ProvidedNode found = provided.get(node.name());
        String lastError = node.lastError().orElse("");
        if (found == null) {
            boolean never = node.address().isEmpty();
            return new NodeStatus(node.name(), 0, never ? Health.WANTED : Health.GONE, "", lastError);
        }
        String address = found.ssh().map(ssh -> ssh.host() + ":" + ssh.port()).orElse("");
        NodeLinks.Member member = members.get(node.name());
        if (member == null) {
            String why = found.isRunning() ? "not bootstrapped" : String.valueOf(found.state());
            return new NodeStatus(
                    node.name(), found.slots(), Health.UNREACHABLE, address, lastError.isEmpty() ? why : lastError);
        }
        try (NodeLink _ = links.open(member, PATIENCE)) {
            return new NodeStatus(node.name(), found.slots(), Health.READY, address, lastError);
        } catch (IOException e) {
            return new NodeStatus(
                    node.name(), found.slots(), Health.UNREACHABLE, address, String.valueOf(e.getMessage()));
        }
    }
}
