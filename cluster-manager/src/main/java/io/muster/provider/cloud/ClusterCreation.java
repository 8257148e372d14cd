package io.muster.provider.cloud;

import io.muster.provider.Creations;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.spec.CloudSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call of {@link CloudNodeProvider#create}: first, for every cluster and place, what all of its nodes need; then
 * the nodes. Holds the connections until it is closed. {@link #create} may be called from several threads at once.
 */
final class ClusterCreation implements AutoCloseable {
    private final Cloud cloud;
    private final String owner;
    private final RegionRegistry known;
    private final Retries retries;
    private final WaitLimits limits;
    private final List<CloudRegion> regions = new ArrayList<>();
    private final Map<Site, Prepared> sites = new HashMap<>();

    /** A cluster in one place. */
    record Site(String cluster, CloudSpec where) {}

    private sealed interface Prepared {
        record Ready(InstanceCreation creation, CloudRegion region, Map<String, String> images) implements Prepared {}

        record Refused(CloudFailure failure) implements Prepared {}

        record Cancelled() implements Prepared {}
    }

    ClusterCreation(Cloud cloud, String owner, RegionRegistry known, Retries retries, WaitLimits limits) {
        this.cloud = cloud;
        this.owner = owner;
        this.known = known;
        this.retries = retries;
        this.limits = limits;
    }

    /** Where a request wants its node; one that does not say takes the user's usual place. */
    static NodeSource.InCloud source(NodeRequest request) {
        return switch (request.source()) {
            case NodeSource.InCloud cloud -> cloud;
            case NodeSource.Anywhere _, NodeSource.OnHost _ ->
                new NodeSource.InCloud(CloudSpec.NONE, List.of(), false, OptionalLong.empty(), Optional.empty());
        };
    }

    /** Makes what the nodes of a site have in common; a failure is kept as the outcome of each. */
    void prepare(Site site, List<NodeRequest> requests) {
        Prepared prepared;
        try {
            prepared = prepared(site, requests);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            prepared = new Prepared.Cancelled();
        } catch (CloudFailure e) {
            prepared = new Prepared.Refused(e);
        }
        sites.put(site, prepared);
    }

    private Prepared prepared(Site site, List<NodeRequest> requests) throws CloudFailure, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Place place = cloud.place(site.where());
        CloudRegion region = cloud.connect(place);
        regions.add(region);
        known.add(place);
        Map<String, String> tags = NodeTags.ofCluster(owner, site.cluster());
        InstanceCache instanceCache = new InstanceCache(region, retries, tags, limits);
        Map<String, String> images = new HashMap<>();
        for (NodeRequest request : requests) {
            String wanted = request.image().orElse(ImageAlias.DEFAULT);
            if (!images.containsKey(wanted)) {
                images.put(wanted, retries.call(() -> region.image(wanted)));
            }
        }
        ClusterResources resources = new ClusterResources(
                ClusterResources.nameOf(owner, site.cluster()),
                site.where(),
                requests.getFirst().authorizedKey(),
                ManagerAddress.ranges(
                        site.where(), place.endpoint(), Optional.ofNullable(System.getenv(ManagerAddress.VARIABLE))),
                tags);
        ClusterPieces pieces = retries.call(() -> region.prepare(resources));
        return new Prepared.Ready(new InstanceCreation(owner, region, pieces, instanceCache, limits), region, images);
    }

    /** Creates one node of a prepared site. */
    NodeOutcome create(NodeRequest request) {
        NodeSource.InCloud source = source(request);
        Prepared prepared = sites.getOrDefault(new Site(request.cluster(), source.cloud()), new Prepared.Cancelled());
        return switch (prepared) {
            case Prepared.Cancelled _ -> Creations.cancelled(request.name());
            case Prepared.Refused refused -> CloudNodeProvider.failed(request, refused.failure());
            case Prepared.Ready ready -> {
                String image = ready.images().getOrDefault(request.image().orElse(ImageAlias.DEFAULT), "");
                try {
                    yield ready.creation().create(request, sized(source, request, ready.region()), image);
                } catch (CloudFailure e) {
                    yield CloudNodeProvider.failed(request, e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    yield Creations.cancelled(request.name());
                }
            }
        };
    }

    private NodeSource.InCloud sized(NodeSource.InCloud source, NodeRequest request, CloudRegion region)
            throws CloudFailure, InterruptedException {
        if (!source.types().isEmpty()) {
            return source;
        }
        List<String> types = Sizes.fitting(retries.call(region::offers), request);
        return new NodeSource.InCloud(source.cloud(), types, source.spot(), source.diskBytes(), source.endsAt());
    }

    @Override
    public void close() {
        regions.forEach(CloudRegion::close);
    }
}
