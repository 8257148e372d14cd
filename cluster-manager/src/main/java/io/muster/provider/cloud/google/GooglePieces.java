package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.Piece;
import io.muster.provider.cloud.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What clusters have beside machines: disks that no machine uses, placement policies, firewall rules. Their public
 * addresses are lent by Google and go with the machine.
 */
final class GooglePieces {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String VOLUME = "volume";
    private static final String PLACEMENT = "placement-group";
    private static final String RULE = "firewall-rule";
    private static final String OURS = "name eq \"" + GoogleNetwork.PREFIX + ".*\"";

    private final ComputeClient client;
    private final GoogleMachines machines;
    private final Place place;

    GooglePieces(ComputeClient client, GoogleMachines machines, Place place) {
        this.client = client;
        this.machines = machines;
        this.place = place;
    }

    List<Piece> list(Map<String, String> tags) throws CloudFailure {
        List<Piece> pieces = new ArrayList<>();
        for (JsonNode disk : client.everywhere("disks", GoogleTags.filter(tags))) {
            if (GoogleZones.isIn(disk.path("zone").asString(""), place)
                    && disk.path("users").isEmpty()) {
                add(pieces, VOLUME, GoogleMachines.idOf(disk), disk, GoogleTags.ofLabels(disk.path("labels")), tags);
            }
        }
        for (JsonNode policy : client.list(policies(), OURS)) {
            add(pieces, PLACEMENT, policy.path("name").asString(""), policy, described(policy), tags);
        }
        for (JsonNode rule : rules()) {
            Map<String, String> its = described(rule);
            if (place.region().equals(its.get(GoogleTags.REGION))) {
                add(pieces, RULE, rule.path("name").asString(""), rule, its, tags);
            }
        }
        return pieces;
    }

    private static void add(
            List<Piece> pieces,
            String kind,
            String id,
            JsonNode resource,
            Map<String, String> its,
            Map<String, String> wanted) {
        if (its.entrySet().containsAll(wanted.entrySet())) {
            pieces.add(new Piece(kind, id, its, GoogleMachines.time(resource)));
        }
    }

    /** The regions in which somebody's cluster has something. */
    Set<String> regions() throws CloudFailure {
        Set<String> regions = new LinkedHashSet<>();
        for (JsonNode rule : rules()) {
            Map<String, String> its = described(rule);
            if (its.containsKey(GoogleTags.OWNER) && its.containsKey(GoogleTags.REGION)) {
                regions.add(its.get(GoogleTags.REGION));
            }
        }
        for (String kind : List.of("instances", "disks")) {
            for (JsonNode one : client.everywhere(kind, "labels." + GoogleTags.OWNER + ":*")) {
                regions.add(GoogleSettings.regionOf(
                        ComputeClient.nameOf(one.path("zone").asString(""))));
            }
        }
        return regions;
    }

    private List<JsonNode> rules() throws CloudFailure {
        return client.list(client.path("global/firewalls"), OURS);
    }

    private String policies() {
        return client.path("regions/" + place.region() + "/resourcePolicies");
    }

    private static Map<String, String> described(JsonNode resource) {
        return GoogleTags.ofText(resource.path("description").asString(""));
    }

    /** Removes one and waits until it is gone. */
    void remove(Piece piece) throws CloudFailure {
        String path = switch (piece.kind()) {
            case VOLUME -> machines.path(piece.id(), "disks");
            case PLACEMENT -> policies() + "/" + piece.id();
            case RULE -> client.path("global/firewalls/" + piece.id());
            default -> throw new IllegalArgumentException("no piece of Google's is a " + piece.kind());
        };
        client.remove(path, PATIENCE);
    }
}
