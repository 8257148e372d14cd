package io.muster.provider.cloud.azure;

import io.muster.provider.Offer;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.CloudRegion;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterResources;
import io.muster.provider.cloud.Instance;
import io.muster.provider.cloud.Launch;
import io.muster.provider.cloud.Piece;
import io.muster.provider.cloud.Place;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One region of a subscription. */
final class AzureRegion implements CloudRegion {
    private final Place place;
    private final ArmClient client;
    private final AzureGroups groups;
    private final AzureMachines machines;
    private final AzureImages images;

    AzureRegion(Place place, ArmClient client) {
        this.place = place;
        this.client = client;
        this.groups = new AzureGroups(client, place);
        this.machines = new AzureMachines(client, groups);
        this.images = new AzureImages(client, place.region());
    }

    @Override
    public List<Instance> instances(Map<String, String> tags) throws CloudFailure {
        return machines.list(tags);
    }

    @Override
    public ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        return soonThere(() -> new AzureNetwork(client, groups, place).prepare(resources));
    }

    @Override
    public String image(String image) throws CloudFailure {
        return images.find(image);
    }

    @Override
    public String launch(Launch launch) throws CloudFailure {
        return soonThere(() -> new AzureLaunch(client, images, place.region(), launch).run());
    }

    /** Tags the machine and its disk, which Azure made. */
    @Override
    public void tag(String instance, Map<String, String> tags) throws CloudFailure {
        String group = AzureMachines.groupOf(instance);
        String base = AzureMachines.baseOf(instance);
        String machine = client.id(ArmKind.MACHINE, group, base);
        Map<String, String> all = AzureGroups.tags(client.get(machine, ArmKind.MACHINE.version(), Map.of()));
        all.putAll(tags);
        merge(client.id(ArmKind.DISK, group, base + ArmKind.DISK.suffix()), all);
        merge(machine, tags);
    }

    private void merge(String id, Map<String, String> tags) throws CloudFailure {
        client.patch(
                id + "/providers/Microsoft.Resources/tags/default",
                ArmKind.Version.RESOURCES,
                Map.of("operation", "Merge", "properties", Map.of("tags", tags)));
    }

    @Override
    public void terminate(Collection<String> instances) throws CloudFailure {
        machines.remove(instances);
    }

    @Override
    public List<Piece> pieces(Map<String, String> tags) throws CloudFailure {
        return new AzurePieces(client, groups, machines).list(tags);
    }

    @Override
    public void remove(Piece piece) throws CloudFailure {
        new AzurePieces(client, groups, machines).remove(piece);
    }

    @Override
    public List<Offer> offers() {
        return AzureCatalogue.offers(place.region());
    }

    /** The regions in which Muster has made something: a subscription is asked as a whole. */
    @Override
    public List<Place> places() throws CloudFailure {
        Set<Place> places = new LinkedHashSet<>(List.of(place));
        groups.all().forEach(group -> places.add(new Place(group.location(), place.endpoint())));
        return List.copyOf(places);
    }

    @Override
    public void close() {
        client.close();
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws CloudFailure;
    }

    /** What was made a moment ago may not be known everywhere yet, and is tried again. */
    private static <T> T soonThere(Call<T> call) throws CloudFailure {
        try {
            return call.make();
        } catch (CloudFailure e) {
            throw e.kind() == Kind.NOT_FOUND ? new CloudFailure(Kind.TRANSIENT, e.said(), e) : e;
        }
    }
}
