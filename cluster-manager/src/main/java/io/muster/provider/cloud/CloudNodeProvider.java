package io.muster.provider.cloud;

import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.LeftOver;
import io.muster.provider.Names;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.Offer;
import io.muster.provider.OfferCatalog;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.provider.Reclaiming;
import io.muster.provider.Resource;
import io.muster.spec.CloudSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Nodes as virtual machines of a cloud, which {@link Cloud} stands for. Instances get their tags in the call that
 * creates them and are found by nothing else; so does what a cluster has beside them: a security group, a key pair, a
 * placement group. A node is ready when its SSH server answered, which a tag says from then on.
 *
 * <p>Nodes are looked for in the places that this home has used and that the user's settings name, and, when a cluster
 * is not found there, everywhere that the credentials reach. Thread-safe.
 */
public final class CloudNodeProvider implements NodeProvider, OfferCatalog, Reclaiming {
    private final Cloud cloud;
    private final String owner;
    private final RegionRegistry known;
    private final WaitLimits limits;
    private final Retries retries;
    private final Connections connections;

    /**
     * Does not connect yet.
     *
     * @param owner who the nodes belong to, in an account that others use too; a label of a host name
     * @param memory file that remembers the places in which something was made; need not be there
     */
    public CloudNodeProvider(Cloud cloud, String owner, Path memory, WaitLimits limits) {
        this.cloud = cloud;
        this.owner = Names.checked("owner", owner);
        this.known = new RegionRegistry(memory);
        this.limits = limits;
        this.retries = new Retries(limits);
        this.connections = new Connections(cloud, known, retries);
    }

    @Override
    public String name() {
        return cloud.name();
    }

    @Override
    public boolean isSetUp() {
        return cloud.isSetUp();
    }

    @Override
    public String endCommand() {
        return "sudo -n shutdown -P now";
    }

    @Override
    public void expectIn(CloudSpec where) throws ProviderException {
        ask(() -> {
            Place place = cloud.place(where);
            known.add(place);
            return place;
        });
    }

    @Override
    public List<NodeOutcome> create(List<NodeRequest> requests) {
        Map<ClusterCreation.Site, List<NodeRequest>> sites = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> new ClusterCreation.Site(
                                request.cluster(),
                                ClusterCreation.source(request).cloud()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        try (ClusterCreation creation = new ClusterCreation(cloud, owner, known, retries, limits)) {
            sites.forEach(creation::prepare);
            return Creations.allAtOnce(requests, creation::create);
        }
    }

    @Override
    public List<ProvidedNode> list(String cluster) throws ProviderException {
        Names.checked("cluster", cluster);
        return nodes(NodeTags.ofCluster(owner, cluster));
    }

    @Override
    public List<ProvidedNode> listAll() throws ProviderException {
        return nodes(NodeTags.ofOwner(owner));
    }

    private List<ProvidedNode> nodes(Map<String, String> tags) throws ProviderException {
        return ask(() -> {
            List<ProvidedNode> found = nodes(tags, connections.usual());
            return found.isEmpty() ? nodes(tags, connections.everywhere()) : found;
        });
    }

    private List<ProvidedNode> nodes(Map<String, String> tags, Set<Place> places)
            throws CloudFailure, InterruptedException {
        if (places.isEmpty()) {
            return List.of();
        }
        return connections.inEach(places, (_, region) -> retries.call(() -> region.instances(tags))).stream()
                .flatMap(List::stream)
                .filter(instance -> instance.phase() != Instance.Phase.GONE)
                .map(NodeTags::node)
                .sorted(Comparator.comparing(ProvidedNode::cluster)
                        .thenComparingInt(ProvidedNode::index)
                        .thenComparing(ProvidedNode::name))
                .toList();
    }

    @Override
    public List<LeftOver> destroy(String cluster, Collection<String> nodes) {
        Names.checked("cluster", cluster);
        nodes.forEach(node -> Names.checked("node", node));
        Set<String> names = Set.copyOf(nodes);
        return remove(cluster, instance -> names.contains(instance.tags().getOrDefault(NodeTags.NODE, "")), false);
    }

    @Override
    public List<LeftOver> destroyAll(String cluster) {
        Names.checked("cluster", cluster);
        return remove(cluster, _ -> true, true);
    }

    private List<LeftOver> remove(String cluster, Predicate<Instance> chosen, boolean withPieces) {
        boolean interrupted = Thread.interrupted();
        try {
            Map<String, String> tags = NodeTags.ofCluster(owner, cluster);
            List<LeftOver> left = new ArrayList<>();
            for (List<LeftOver> one :
                    connections.inEach(withPieces ? connections.everywhere() : whereIs(tags), (place, region) -> {
                        List<LeftOver> here = new ClusterRemoval(cloud.name(), region, retries, limits)
                                .remove(tags, chosen, withPieces);
                        if (withPieces) {
                            forgetIfEmpty(place, region);
                        }
                        return here;
                    })) {
                left.addAll(one);
            }
            return left;
        } catch (InterruptedException e) {
            interrupted = true;
            return List.of(new LeftOver("", "whatever there is", "interrupted before it was known to be gone"));
        } catch (CloudFailure e) {
            return List.of(new LeftOver("", "whatever there is", e.said()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forgetIfEmpty(Place place, CloudRegion region) throws CloudFailure, InterruptedException {
        Map<String, String> mine = NodeTags.ofOwner(owner);
        boolean alive = retries.call(() -> region.instances(mine)).stream()
                .anyMatch(instance -> instance.phase() != Instance.Phase.GONE);
        if (!alive && retries.call(() -> region.pieces(mine)).isEmpty()) {
            known.forget(place);
        }
    }

    /** The places that have instances with these tags, or all usual ones when none has. */
    private Set<Place> whereIs(Map<String, String> tags) throws CloudFailure, InterruptedException {
        Set<Place> usual = connections.usual();
        return usual.isEmpty() || nodes(tags, usual).isEmpty() ? connections.everywhere() : usual;
    }

    @Override
    public List<Offer> offers(CloudSpec where) throws ProviderException {
        return ask(() -> connections.in(cloud.place(where), (_, region) -> retries.call(region::offers)));
    }

    @Override
    public List<Resource> resources() throws ProviderException {
        return ask(() -> {
            List<Resource> all = new ArrayList<>();
            for (List<Resource> one : connections.inEach(connections.everywhere(), this::resources)) {
                all.addAll(one);
            }
            return all;
        });
    }

    private List<Resource> resources(Place place, CloudRegion region) throws CloudFailure, InterruptedException {
        return new Reclamation(name(), place, region, retries, limits).resources(NodeTags.ofOwner(owner));
    }

    @Override
    public List<LeftOver> reclaim(Collection<Resource> resources) {
        List<LeftOver> left = new ArrayList<>();
        try {
            Map<String, Place> places = connections.everywhere().stream()
                    .collect(Collectors.toMap(Reclamation::prefix, place -> place, (first, _) -> first));
            Map<String, List<Resource>> byPlace =
                    resources.stream().collect(Collectors.groupingBy(Reclamation::prefix));
            for (Map.Entry<String, List<Resource>> one : byPlace.entrySet()) {
                Place place = places.get(one.getKey());
                if (place == null) {
                    one.getValue()
                            .forEach(each -> left.add(new LeftOver(
                                    "", each.kind() + " " + each.id(), "the credentials do not reach its region")));
                } else {
                    left.addAll(connections.in(
                            place,
                            (_, region) -> new Reclamation(name(), place, region, retries, limits)
                                    .reclaim(NodeTags.ofOwner(owner), one.getValue())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            left.add(new LeftOver("", "whatever there is", "interrupted before it was known to be gone"));
        } catch (CloudFailure e) {
            left.add(new LeftOver("", "whatever there is", e.said()));
        }
        return left;
    }

    private <T> T ask(Asking<T> asking) throws ProviderException {
        try {
            return asking.ask();
        } catch (CloudFailure e) {
            throw new ProviderException(name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(name() + ": interrupted while it was asked", e);
        }
    }

    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws CloudFailure, InterruptedException;
    }

    /** The outcome of a node whose cluster could not be prepared. */
    static NodeOutcome failed(NodeRequest request, CloudFailure failure) {
        FailureKind kind = InstanceCreation.kind(failure);
        return InstanceCreation.failed(request, kind, failure.said());
    }
}
