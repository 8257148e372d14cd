package io.muster.cluster;

import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.LeftOver;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A provider in memory that has no room for some nodes. */
final class PartialProvider implements NodeProvider {
    final Set<String> noRoomFor = new HashSet<>();
    final List<String> destroyed = new ArrayList<>();
    private final Map<String, ProvidedNode> nodes = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "local";
    }

    @Override
    public boolean isSetUp() {
        return true;
    }

    @Override
    public List<NodeOutcome> create(List<NodeRequest> requests) {
        return Creations.allAtOnce(requests, this::create);
    }

    private NodeOutcome create(NodeRequest request) {
        if (noRoomFor.contains(request.name())) {
            return new NodeOutcome.Failed(request.name(), FailureKind.CAPACITY, "no room for it");
        }
        SshAddress ssh = new SshAddress("127.0.0.1", 2200 + request.index(), "muster");
        ProvidedNode node = new ProvidedNode(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                "id-" + request.name(),
                request.hostKey().publicKey(),
                Instant.EPOCH,
                new NodeState.Running(ssh, "127.0.0.1"));
        nodes.put(request.name(), node);
        return new NodeOutcome.Created(node, Duration.ZERO);
    }

    @Override
    public List<ProvidedNode> list(String cluster) {
        return nodes.values().stream()
                .filter(node -> node.cluster().equals(cluster))
                .sorted(Comparator.comparingInt(ProvidedNode::index))
                .toList();
    }

    @Override
    public List<ProvidedNode> listAll() {
        return List.copyOf(nodes.values());
    }

    @Override
    public List<LeftOver> destroy(String cluster, Collection<String> names) {
        destroyed.addAll(names);
        names.forEach(nodes::remove);
        return List.of();
    }

    @Override
    public List<LeftOver> destroyAll(String cluster) {
        return destroy(cluster, list(cluster).stream().map(ProvidedNode::name).toList());
    }
}
