package io.muster.provider.local;

import io.muster.provider.Creations;
import io.muster.provider.LeftOver;
import io.muster.provider.Names;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Nodes as processes of this machine: {@code ROOT/CLUSTER/NODE} is the node's folder, and a variable in the
 * environment of its processes names that folder. Either is enough to find and destroy the node.
 *
 * <p>Thread-safe. Needs {@code setsid}, {@code grep} and {@code /bin/sh} of this machine.
 */
public final class LocalNodeProvider implements NodeProvider {
    private final LocalInventory inventory;
    private final LocalCreation creation;
    private final LocalRemoval removal;

    /**
     * Does nothing on disk yet.
     *
     * @param root folder of all local nodes of this user; made when the first node is
     * @param launch how the process that serves nodes is started
     */
    public LocalNodeProvider(Path root, JavaLaunch launch, LocalOptions options) {
        Path absolute = root.toAbsolutePath().normalize();
        this.inventory = new LocalInventory(absolute);
        this.removal = new LocalRemoval(absolute, inventory);
        this.creation = new LocalCreation(absolute, launch, options, inventory, removal);
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String endCommand() {
        return "kill -9 \"$" + NodeEnvironment.PROCESS_VARIABLE + "\"";
    }

    @Override
    public boolean isSetUp() {
        return true;
    }

    @Override
    public List<NodeOutcome> create(List<NodeRequest> requests) {
        SharedStart<Process> start = new SharedStart<>(requests.size(), creation::start);
        return Creations.allAtOnce(requests, request -> creation.create(request, start));
    }

    @Override
    public List<ProvidedNode> list(String cluster) throws ProviderException {
        Names.checked("cluster", cluster);
        return listed(cluster);
    }

    @Override
    public List<ProvidedNode> listAll() throws ProviderException {
        return listed("");
    }

    private List<ProvidedNode> listed(String cluster) throws ProviderException {
        try {
            return inventory.nodes(cluster).stream()
                    .map(LocalInventory.Found::node)
                    .toList();
        } catch (IOException e) {
            throw new ProviderException(
                    "local nodes under " + inventory.root() + " cannot be listed: " + e
                            + ". Make the folder readable for this user.",
                    e);
        }
    }

    @Override
    public List<LeftOver> destroy(String cluster, Collection<String> nodes) {
        Names.checked("cluster", cluster);
        nodes.forEach(node -> Names.checked("node", node));
        return removal.destroy(cluster, nodes);
    }

    @Override
    public List<LeftOver> destroyAll(String cluster) {
        Names.checked("cluster", cluster);
        return removal.destroyAll(cluster);
    }
}
