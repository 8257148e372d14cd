package io.muster.provider.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerPort;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The containers that are nodes, as the engine lists them. */
final class ContainerList {
    static final int SSH_PORT = 22;

    private final DockerEngine.Connection engine;
    private final String owner;

    ContainerList(DockerEngine.Connection engine, String owner) {
        this.engine = engine;
        this.owner = owner;
    }

    /** A container and the node that it is. */
    record Found(String id, Map<String, String> labels, ProvidedNode node) {}

    /** Every node of the owner, ordered by cluster and index. */
    List<Found> all() {
        return list(Map.of(NodeLabels.OWNER, owner));
    }

    List<Found> ofCluster(String cluster) {
        return list(NodeLabels.ofCluster(owner, cluster));
    }

    Optional<Found> node(String cluster, String name) {
        return list(Map.of(NodeLabels.OWNER, owner, NodeLabels.CLUSTER, cluster, NodeLabels.NODE, name)).stream()
                .findFirst();
    }

    private List<Found> list(Map<String, String> labels) {
        List<Container> containers = engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec();
        return containers.stream()
                .filter(container -> container.getLabels().containsKey(NodeLabels.NODE))
                .map(this::found)
                .sorted(Comparator.comparing((Found found) -> found.node().cluster())
                        .thenComparingInt(found -> found.node().index()))
                .toList();
    }

    private Found found(Container container) {
        Map<String, String> labels = container.getLabels();
        ProvidedNode node = new ProvidedNode(
                labels.getOrDefault(NodeLabels.CLUSTER, ""),
                labels.getOrDefault(NodeLabels.NODE, ""),
                NodeLabels.number(labels, NodeLabels.INDEX, -1),
                NodeLabels.number(labels, NodeLabels.SLOTS, 0),
                container.getId(),
                labels.getOrDefault(NodeLabels.HOST_KEY, ""),
                NodeLabels.created(labels),
                state(container));
        return new Found(container.getId(), labels, node);
    }

    private NodeState state(Container container) {
        String state = Objects.requireNonNullElse(container.getState(), "");
        if (state.equals("created")) {
            return new NodeState.Starting();
        }
        Optional<Integer> port = publishedPort(container);
        Optional<String> address = address(container);
        if (state.equals("running") && port.isPresent() && address.isPresent()) {
            return new NodeState.Running(new SshAddress(engine.address(), port.get(), "root"), address.get());
        }
        return new NodeState.Stopped("its container is " + state + ": " + container.getStatus());
    }

    private static Optional<Integer> publishedPort(Container container) {
        return Arrays.stream(Objects.requireNonNullElse(container.getPorts(), new ContainerPort[0]))
                .filter(port -> Objects.equals(port.getPrivatePort(), SSH_PORT) && port.getPublicPort() != null)
                .map(ContainerPort::getPublicPort)
                .findFirst();
    }

    private static Optional<String> address(Container container) {
        if (container.getNetworkSettings() == null) {
            return Optional.empty();
        }
        return container.getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(address -> address != null && !address.isEmpty())
                .findFirst();
    }
}
