package io.muster.provider.docker;

import io.muster.bootstrap.bundle.Bundle;
import io.muster.provider.BaseImages;
import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.LeftOver;
import io.muster.provider.Names;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.provider.Reclaiming;
import io.muster.provider.Resource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Nodes as containers. Every container and network carries the labels {@code muster-owner} and {@code muster-cluster},
 * given with the call that makes it, so that there is no moment in which something exists without them.
 *
 * <p>A node's SSH server is published on a port of the engine's machine: on its loopback when that is this machine, on
 * all its addresses otherwise. Nodes reach each other on a bridge network of their cluster. Thread-safe.
 */
public final class DockerNodeProvider implements NodeProvider, BaseImages, Reclaiming {
    private final DockerEngine engine = new DockerEngine();
    private final String owner;
    private final Supplier<Optional<Bundle>> bundle;

    /**
     * Does not connect yet.
     *
     * @param owner who the nodes belong to, on an engine that others use too; a label of a host name
     * @param bundle what the image of nodes carries besides, asked for when nodes are created
     */
    public DockerNodeProvider(String owner, Supplier<Optional<Bundle>> bundle) {
        this.owner = Names.checked("owner", owner);
        this.bundle = bundle;
    }

    /** With images that carry no bundle. */
    public DockerNodeProvider(String owner) {
        this(owner, Optional::empty);
    }

    /** The owner for a login name of this machine. */
    public static String ownerOf(String loginName) {
        String plain = loginName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String trimmed = plain.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "user" : trimmed;
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public String endCommand() {
        return "kill 1";
    }

    @Override
    public boolean isSetUp() {
        return DockerEngine.isSetUp();
    }

    @Override
    public List<NodeOutcome> create(List<NodeRequest> requests) {
        if (Thread.currentThread().isInterrupted()) {
            return Creations.allAtOnce(requests, request -> Creations.cancelled(request.name()));
        }
        try {
            return engine.ask(connection -> create(connection, requests));
        } catch (ProviderException e) {
            return Creations.allAtOnce(
                    requests,
                    request -> new NodeOutcome.Failed(
                            request.name(),
                            FailureKind.PERMANENT,
                            "node " + request.name() + " of cluster " + request.cluster() + ": " + e.getMessage()));
        }
    }

    private List<NodeOutcome> create(DockerEngine.Connection connection, List<NodeRequest> requests)
            throws ProviderException {
        Map<Optional<String>, String> images = new HashMap<>();
        Optional<Bundle> carried = bundle.get();
        Map<String, String> networks = new HashMap<>();
        ClusterNetwork network = new ClusterNetwork(connection.client(), owner);
        for (NodeRequest request : requests) {
            if (!images.containsKey(request.image())) {
                String image = NodeImage.ensure(connection.client(), request.image());
                images.put(
                        request.image(),
                        carried.map(one -> BundleImage.ensure(connection.client(), image, one))
                                .orElse(image));
            }
            networks.computeIfAbsent(request.cluster(), network::ensure);
        }
        ContainerCreation creation = new ContainerCreation(connection, owner);
        return Creations.allAtOnce(
                requests,
                request -> creation.create(
                        request,
                        Objects.requireNonNull(images.get(request.image())),
                        Objects.requireNonNull(networks.get(request.cluster()))));
    }

    @Override
    public List<ProvidedNode> list(String cluster) throws ProviderException {
        Names.checked("cluster", cluster);
        return engine.ask(connection -> nodes(new ContainerList(connection, owner).ofCluster(cluster)));
    }

    @Override
    public List<ProvidedNode> listAll() throws ProviderException {
        return engine.ask(connection -> nodes(new ContainerList(connection, owner).all()));
    }

    private static List<ProvidedNode> nodes(List<ContainerList.Found> found) {
        return found.stream().map(ContainerList.Found::node).toList();
    }

    @Override
    public List<LeftOver> destroy(String cluster, Collection<String> nodes) {
        Names.checked("cluster", cluster);
        nodes.forEach(node -> Names.checked("node", node));
        Set<String> names = Set.copyOf(nodes);
        return remove(cluster, found -> names.contains(found.node().name()), false);
    }

    @Override
    public List<LeftOver> destroyAll(String cluster) {
        Names.checked("cluster", cluster);
        return remove(cluster, _ -> true, true);
    }

    private List<LeftOver> remove(String cluster, Predicate<ContainerList.Found> chosen, boolean withNetwork) {
        boolean interrupted = Thread.interrupted();
        try {
            return engine.ask(connection -> {
                ContainerList containers = new ContainerList(connection, owner);
                removeContainers(
                        connection,
                        containers.ofCluster(cluster).stream().filter(chosen).toList());
                List<LeftOver> left = new ArrayList<>();
                containers.ofCluster(cluster).stream()
                        .filter(chosen)
                        .forEach(found -> left.add(new LeftOver(
                                found.node().name(),
                                "container " + found.id(),
                                "the engine did not remove it; docker rm -f " + found.id())));
                if (withNetwork && left.isEmpty()) {
                    ClusterNetwork network = new ClusterNetwork(connection.client(), owner);
                    network.remove(cluster);
                    network.ids(cluster)
                            .forEach(id -> left.add(new LeftOver(
                                    "", "network " + id, "the engine did not remove it; docker network rm " + id)));
                }
                return left;
            });
        } catch (ProviderException e) {
            return List.of(new LeftOver("", "whatever there is", String.valueOf(e.getMessage())));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public List<Resource> resources() throws ProviderException {
        return engine.ask(connection -> {
            List<Resource> found = new ArrayList<>();
            for (ContainerList.Found one : new ContainerList(connection, owner).all()) {
                ProvidedNode node = one.node();
                found.add(new Resource(
                        name(),
                        "container",
                        node.name(),
                        Optional.of(node.cluster()),
                        Optional.of(node.createdAt()),
                        Optional.empty()));
            }
            new ClusterNetwork(connection.client(), owner)
                    .clusters()
                    .forEach((network, cluster) -> found.add(new Resource(
                            name(), "network", network, Optional.of(cluster), Optional.empty(), Optional.empty())));
            return found;
        });
    }

    @Override
    public List<LeftOver> reclaim(Collection<Resource> resources) {
        Set<String> clusters = new TreeSet<>();
        resources.forEach(resource -> resource.cluster().ifPresent(clusters::add));
        List<LeftOver> left = new ArrayList<>();
        clusters.forEach(cluster -> left.addAll(destroyAll(cluster)));
        return left;
    }

    private void removeContainers(DockerEngine.Connection connection, List<ContainerList.Found> found) {
        ContainerRemoval removal = new ContainerRemoval(connection.client(), new ContainerList(connection, owner));
        List<Callable<Void>> tasks = new ArrayList<>();
        for (ContainerList.Found one : found) {
            tasks.add(() -> {
                removal.remove(one.id());
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // What fails here is still listed afterwards, and reported from there.
            threads.invokeAll(tasks);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void importBase(InputStream rootFileSystem) throws ProviderException {
        engine.ask(connection -> {
            NodeImage.importBase(connection, NodeImage.IMPORTED_BASE, rootFileSystem);
            return NodeImage.IMPORTED_BASE;
        });
    }
}
