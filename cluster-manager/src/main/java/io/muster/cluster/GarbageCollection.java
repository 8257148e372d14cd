package io.muster.cluster;

import io.muster.api.CollectionReport;
import io.muster.api.Garbage;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.provider.LeftOver;
import io.muster.provider.NodeProvider;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.provider.Reclaiming;
import io.muster.provider.Resource;
import io.muster.state.StoredCluster;
import io.muster.state.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what carries this user's tag and belongs to no cluster that is wanted, and removes it. */
final class GarbageCollection {
    private final ClusterContext context;

    GarbageCollection(ClusterContext context) {
        this.context = context;
    }

    /** What there is at every provider that is set up. */
    List<Garbage> find() throws ProviderException {
        List<Garbage> garbage = new ArrayList<>();
        for (NodeProvider provider : context.providers().setUp()) {
            for (Resource resource : resources(provider)) {
                unwantedBecause(resource)
                        .ifPresent(reason -> garbage.add(new Garbage(
                                resource.provider(),
                                resource.kind(),
                                resource.id(),
                                resource.cluster(),
                                resource.createdAt(),
                                resource.pricePerHour(),
                                reason)));
            }
        }
        return garbage;
    }

    /** Removes what was found, as far as nothing wants it meanwhile. */
    CollectionReport remove(Collection<Garbage> found) throws ProviderException {
        Set<String> chosen = new HashSet<>();
        found.forEach(one -> chosen.add(key(one.provider(), one.kind(), one.id())));
        int removed = 0;
        List<String> left = new ArrayList<>();
        for (NodeProvider provider : context.providers().setUp()) {
            List<Resource> unwanted = resources(provider).stream()
                    .filter(resource -> chosen.contains(key(resource)))
                    .filter(resource -> unwantedBecause(resource).isPresent())
                    .toList();
            if (unwanted.isEmpty()) {
                continue;
            }
            List<LeftOver> reasons = reclaim(provider, unwanted);
            Set<String> still = new HashSet<>();
            resources(provider).forEach(resource -> still.add(key(resource)));
            for (Resource resource : unwanted) {
                if (still.contains(key(resource))) {
                    left.add(resource.kind() + " " + resource.id() + " of " + resource.provider()
                            + reasons.stream()
                                    .filter(reason -> reason.what().contains(resource.id()))
                                    .findFirst()
                                    .map(reason -> ": " + reason.reason())
                                    .orElse(""));
                } else {
                    removed++;
                }
            }
        }
        return new CollectionReport(removed, left);
    }

    /** One that was made a moment ago by an {@code up} in another process is wanted: the intent comes first. */
    private Optional<String> unwantedBecause(Resource resource) {
        if (resource.cluster().isEmpty()) {
            return Optional.of("its tags name no cluster");
        }
        String name = resource.cluster().get();
        Optional<StoredCluster> live = context.store().clusters().allLive().stream()
                .filter(cluster -> cluster.name().text().equals(name))
                .findFirst();
        if (live.isEmpty()) {
            return Optional.of("no cluster " + name + " stands in this state store");
        }
        if (!live.get().provider().equals(resource.provider())) {
            return Optional.of(
                    "cluster " + name + " stands with provider " + live.get().provider());
        }
        return live.get().wanted() == Wanted.DOWN ? Optional.of("cluster " + name + " goes down") : Optional.empty();
    }

    private static List<Resource> resources(NodeProvider provider) throws ProviderException {
        if (provider instanceof Reclaiming reclaiming) {
            return reclaiming.resources();
        }
        return provider.listAll().stream().map(node -> resource(provider, node)).toList();
    }

    private static Resource resource(NodeProvider provider, ProvidedNode node) {
        return new Resource(
                provider.name(),
                "node",
                node.name(),
                Optional.of(node.cluster()),
                Optional.of(node.createdAt()),
                Optional.empty());
    }

    private static List<LeftOver> reclaim(NodeProvider provider, List<Resource> unwanted) {
        if (provider instanceof Reclaiming reclaiming) {
            return reclaiming.reclaim(unwanted);
        }
        Set<String> clusters = new TreeSet<>();
        unwanted.forEach(resource -> resource.cluster().ifPresent(clusters::add));
        List<LeftOver> left = new ArrayList<>();
        clusters.forEach(cluster -> left.addAll(provider.destroyAll(cluster)));
        return left;
    }

    private static String key(Resource resource) {
        return key(resource.provider(), resource.kind(), resource.id());
    }

    private static String key(String provider, String kind, String id) {
        return provider + " " + kind + " " + id;
    }

    static MusterException failed(ProviderException e) {
        return new MusterException(
                Kind.INFRASTRUCTURE,
                "cannot list what exists at a provider",
                "garbage collection",
                String.valueOf(e.getMessage()),
                "correct the credentials or the connection to that provider, then run the same command again",
                e);
    }
}
