package io.muster.provider.cloud;

import io.muster.provider.LeftOver;
import io.muster.provider.Offer;
import io.muster.provider.Resource;
import io.muster.spec.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a user has in one place of a cloud, and its removal piece by piece. */
final class Reclamation {
    private static final String INSTANCE = "instance";

    private final String provider;
    private final Place place;
    private final CloudRegion region;
    private final Retries retries;
    private final InstanceRemoval removal;

    Reclamation(String provider, Place place, CloudRegion region, Retries retries, WaitLimits limits) {
        this.provider = provider;
        this.place = place;
        this.region = region;
        this.retries = retries;
        this.removal = new InstanceRemoval(region, retries, limits);
    }

    /** What stands before the slash of the ids of a place's resources. */
    static String prefix(Place place) {
        return place.region()
                + place.endpoint().map(uri -> "@" + uri.getAuthority()).orElse("");
    }

    static String prefix(Resource resource) {
        return resource.id().substring(0, Math.max(0, resource.id().indexOf('/')));
    }

    List<Resource> resources(Map<String, String> tags) throws CloudFailure, InterruptedException {
        List<Instance> instances = retries.call(() -> region.instances(tags)).stream()
                .filter(one -> one.phase() != Instance.Phase.GONE)
                .toList();
        Map<String, Money> prices = instances.isEmpty() ? Map.of() : prices();
        List<Resource> all = new ArrayList<>();
        for (Instance one : instances) {
            all.add(new Resource(
                    provider,
                    INSTANCE,
                    id(one.id()),
                    cluster(one.tags()),
                    Optional.of(one.launchedAt()),
                    one.isAlive() ? Optional.ofNullable(prices.get(one.type())) : Optional.empty()));
        }
        for (Piece piece : retries.call(() -> region.pieces(tags))) {
            all.add(new Resource(
                    provider,
                    piece.kind(),
                    id(piece.id()),
                    cluster(piece.tags()),
                    piece.createdAt(),
                    Optional.empty()));
        }
        return all;
    }

    private Map<String, Money> prices() throws CloudFailure, InterruptedException {
        Map<String, Money> prices = new HashMap<>();
        for (Offer offer : retries.call(region::offers)) {
            offer.pricePerHour().ifPresent(price -> prices.put(offer.type(), price));
        }
        return prices;
    }

    /** Removes those of the place and says what is left of them. */
    List<LeftOver> reclaim(Map<String, String> tags, Collection<Resource> resources)
            throws CloudFailure, InterruptedException {
        Set<String> wanted = resources.stream().map(Resource::id).collect(Collectors.toSet());
        removal.remove(retries.call(() -> region.instances(tags)).stream()
                .filter(one -> wanted.contains(id(one.id())))
                .toList());
        Map<String, String> reasons = new HashMap<>();
        for (Piece piece : retries.call(() -> region.pieces(tags))) {
            if (wanted.contains(id(piece.id()))) {
                try {
                    removal.remove(piece);
                } catch (CloudFailure e) {
                    reasons.put(id(piece.id()), e.said());
                }
            }
        }
        return resources(tags).stream()
                .filter(one -> wanted.contains(one.id()))
                .map(one -> new LeftOver(
                        "", one.kind() + " " + one.id(), reasons.getOrDefault(one.id(), "it is still listed")))
                .toList();
    }

    private String id(String inPlace) {
        return prefix(place) + "/" + inPlace;
    }

    private static Optional<String> cluster(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(NodeTags.CLUSTER));
    }
}
