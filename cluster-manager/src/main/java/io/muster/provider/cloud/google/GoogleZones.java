package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which zone of a region a machine goes to. Thread-safe. */
final class GoogleZones {
    private final ComputeClient client;
    private final Place place;
    private final Optional<String> usual;
    private final Map<String, List<String>> withType = new ConcurrentHashMap<>();

    /** @param usual the zone of the settings */
    GoogleZones(ComputeClient client, Place place, Optional<String> usual) {
        this.client = client;
        this.place = place;
        this.usual = usual.filter(zone -> isIn(zone, place));
    }

    /** Whether a zone, by its name or address, is in the region of a place. */
    static boolean isIn(String zone, Place place) {
        return GoogleSettings.regionOf(ComputeClient.nameOf(zone)).equals(place.region());
    }

    /**
     * The zone that is wished, or the first one that has the type, so that the nodes of a cluster are in one.
     *
     * @throws CloudFailure that there is no room when the type is not there: another one may be
     */
    String choose(Optional<String> wished, String type) throws CloudFailure {
        Optional<String> zone = wished.or(() -> usual);
        if (zone.isPresent() && !isIn(zone.get(), place)) {
            throw new CloudFailure(
                    Kind.PERMANENT, "zone " + zone.get() + " is not in region " + place + ": correct zone: or region:");
        }
        List<String> zones = zones(type);
        if (zone.isPresent() ? zones.contains(zone.get()) : !zones.isEmpty()) {
            return zone.orElseGet(zones::getFirst);
        }
        throw new CloudFailure(
                Kind.CAPACITY,
                "there is no machine type " + type + " in " + zone.orElse(place.toString())
                        + " (gcloud compute machine-types list shows what there is)");
    }

    private List<String> zones(String type) throws CloudFailure {
        List<String> known = withType.get(type);
        if (known != null) {
            return known;
        }
        // A type that the user composes is in no list.
        List<String> zones = type.contains("custom-")
                ? client.list(client.path("zones"), "").stream()
                        .filter(zone -> zone.path("status").asString("").equals("UP"))
                        .map(zone -> zone.path("name").asString(""))
                        .filter(zone -> isIn(zone, place))
                        .sorted()
                        .toList()
                : client.everywhere("machineTypes", "name = \"" + type + "\"").stream()
                        .map(one -> ComputeClient.nameOf(one.path("zone").asString("")))
                        .filter(zone -> isIn(zone, place))
                        .sorted()
                        .toList();
        withType.put(type, zones);
        return zones;
    }
}
