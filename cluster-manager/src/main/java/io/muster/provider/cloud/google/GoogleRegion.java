package io.muster.provider.cloud.google;

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
import java.util.Optional;
import java.util.Set;

/** One region of a project. */
final class GoogleRegion implements CloudRegion {
    private final Place place;
    private final ComputeClient client;
    private final GoogleMachines machines;
    private final GooglePieces pieces;
    private final GoogleZones zones;

    /** @param zone the zone of the settings */
    GoogleRegion(Place place, ComputeClient client, Optional<String> zone) {
        this.place = place;
        this.client = client;
        this.machines = new GoogleMachines(client, place);
        this.pieces = new GooglePieces(client, machines, place);
        this.zones = new GoogleZones(client, place, zone);
    }

    @Override
    public List<Instance> instances(Map<String, String> tags) throws CloudFailure {
        return machines.list(tags);
    }

    @Override
    public ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        return new GoogleNetwork(client, place).prepare(resources);
    }

    @Override
    public String image(String image) throws CloudFailure {
        return new GoogleImages(client).find(image);
    }

    @Override
    public String launch(Launch launch) throws CloudFailure {
        String zone = zones.choose(launch.where().zone(), launch.type());
        try {
            return new GoogleLaunch(client, place, zone, launch).run();
        } catch (CloudFailure e) {
            // What was made a moment ago may not be known everywhere yet.
            throw e.kind() == Kind.NOT_FOUND ? new CloudFailure(Kind.TRANSIENT, e.said(), e) : e;
        }
    }

    @Override
    public void tag(String instance, Map<String, String> tags) throws CloudFailure {
        machines.tag(instance, tags);
    }

    @Override
    public void terminate(Collection<String> instances) throws CloudFailure {
        machines.remove(instances);
    }

    @Override
    public List<Piece> pieces(Map<String, String> tags) throws CloudFailure {
        return pieces.list(tags);
    }

    @Override
    public void remove(Piece piece) throws CloudFailure {
        pieces.remove(piece);
    }

    @Override
    public List<Offer> offers() {
        return GoogleCatalogue.offers(place.region());
    }

    /** The regions in which Muster has made something: a project is asked as a whole. */
    @Override
    public List<Place> places() throws CloudFailure {
        Set<Place> places = new LinkedHashSet<>(List.of(place));
        pieces.regions().forEach(region -> places.add(new Place(region, place.endpoint())));
        return List.copyOf(places);
    }

    @Override
    public void close() {
        client.close();
    }
}
