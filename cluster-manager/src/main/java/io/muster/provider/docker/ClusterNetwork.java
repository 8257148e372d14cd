package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bridge network of a cluster: its nodes see each other, and no other cluster. */
final class ClusterNetwork {
    private final DockerClient client;
    private final String owner;

    ClusterNetwork(DockerClient client, String owner) {
        this.client = client;
        this.owner = owner;
    }

    static String name(String owner, String cluster) {
        return "muster-" + owner + "-" + cluster;
    }

    /** Makes the network unless it is there; returns its name. */
    String ensure(String cluster) {
        String name = name(owner, cluster);
        if (ids(cluster).isEmpty()) {
            try {
                client.createNetworkCmd()
                        .withName(name)
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withLabels(NodeLabels.ofCluster(owner, cluster))
                        .exec();
            } catch (ConflictException e) {
                // Another manager made it in the same moment; whoever is wrong about that hears it at the container.
                return name;
            }
        }
        return name;
    }

    List<String> ids(String cluster) {
        List<String> labels = NodeLabels.ofCluster(owner, cluster).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
        return client.listNetworksCmd().withFilter("label", labels).exec().stream()
                .map(Network::getId)
                .toList();
    }

    /** The networks of all clusters of the owner: the cluster by the network's name. */
    Map<String, String> clusters() {
        Map<String, String> found = new TreeMap<>();
        for (Network network : client.listNetworksCmd()
                .withFilter("label", List.of(NodeLabels.OWNER + "=" + owner))
                .exec()) {
            found.put(network.getName(), network.getLabels().getOrDefault(NodeLabels.CLUSTER, ""));
        }
        return found;
    }

    /** Removes it unless it is gone; fails when a container of somebody else hangs on it. */
    void remove(String cluster) {
        ids(cluster).forEach(this::removeOne);
    }

    private void removeOne(String id) {
        try {
            client.removeNetworkCmd(id).exec();
        } catch (NotFoundException e) {
            // Somebody else removed it: that is what was wanted.
        }
    }
}
