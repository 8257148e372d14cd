package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.FirstBoot;
import io.muster.provider.cloud.Launch;
import io.muster.provider.cloud.Place;
import io.muster.provider.cloud.rest.Polling;
import io.muster.spec.AddressChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One machine with its disk. Its name comes from the token of the launch, and names are unique in a zone, so the same
 * launch again makes nothing twice.
 */
final class GoogleLaunch {
    /** Until Google has found room for a machine or refused it. */
    private static final Duration ROOM = Duration.ofMinutes(2);

    private static final long GIB = 1L << 30;
    private static final int MAX_NAME = 63;
    private static final int OF_TOKEN = 12;
    /** Of Google, for the time until a machine removes itself. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);

    private static final Duration LONGEST_LIFE = Duration.ofDays(120);
    /** The machine shuts itself down first, in order. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final ComputeClient client;
    private final Place place;
    private final Launch launch;
    private final String zone;
    private final String name;

    /** @param zone the zone that it goes to */
    GoogleLaunch(ComputeClient client, Place place, String zone, Launch launch) {
        this.client = client;
        this.place = place;
        this.launch = launch;
        this.zone = zone;
        this.name = nameOf(launch.name(), launch.token());
    }

    /** The name of a machine; Google wants a letter first. */
    static String nameOf(String node, String token) {
        String start = Character.isDigit(node.charAt(0)) ? "n" + node : node;
        return start.substring(0, Math.min(start.length(), MAX_NAME - OF_TOKEN - 1)) + "-"
                + token.substring(0, Math.min(OF_TOKEN, token.length()));
    }

    /** Answers when Google has room for the machine, and does not wait until it runs. */
    String run() throws CloudFailure {
        String instances = client.path("zones/" + zone + "/instances");
        JsonNode operation;
        try {
            operation = client.post(instances, Map.of("requestId", requestId()), machine());
        } catch (CloudFailure e) {
            if (e.kind() == Kind.EXISTS) {
                return GoogleMachines.id(zone, name);
            }
            throw e;
        }
        Polling polling = new Polling(place, ROOM);
        while (!hasRoom(instances) && !client.isDone(operation) && !polling.isOver()) {
            polling.once("POST instances has found no room yet");
            operation = client.look(operation);
        }
        return GoogleMachines.id(zone, name);
    }

    private boolean hasRoom(String instances) throws CloudFailure {
        return client.find(instances + "/" + name, Map.of())
                .filter(one -> !one.path("status").asString("").equals("PROVISIONING"))
                .isPresent();
    }

    /** One for all tries of this launch, another one for a later life of the same node. */
    private String requestId() {
        return UUID.nameUUIDFromBytes((launch.token() + new TreeMap<>(launch.tags())).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Map<String, ?> machine() {
        Map<String, Object> body = new HashMap<>();
        body.put("name", name);
        body.put("machineType", "zones/" + zone + "/machineTypes/" + launch.type());
        body.put("labels", GoogleTags.labels(launch.tags()));
        body.put("tags", Map.of("items", List.of(launch.pieces().securityGroup())));
        body.put("disks", List.of(Map.of("boot", true, "autoDelete", true, "initializeParams", disk())));
        body.put("networkInterfaces", List.of(card()));
        body.put("metadata", Map.of("items", metadata(launch.firstBoot())));
        body.put("scheduling", scheduling());
        launch.pieces().placementGroup().ifPresent(policy -> body.put("resourcePolicies", List.of(policy)));
        return body;
    }

    private Map<String, ?> disk() {
        Map<String, Object> disk = new HashMap<>();
        disk.put("sourceImage", launch.image());
        disk.put("diskType", "zones/" + zone + "/diskTypes/" + GoogleCatalogue.diskType(launch.type()));
        disk.put("labels", GoogleTags.labels(launch.tags()));
        if (launch.diskBytes().isPresent()) {
            // Google takes numbers of 64 bits as texts.
            disk.put("diskSizeGb", String.valueOf((launch.diskBytes().getAsLong() + GIB - 1) / GIB));
        }
        return disk;
    }

    private Map<String, ?> card() {
        Map<String, Object> card = new HashMap<>();
        launch.pieces()
                .subnet()
                .ifPresentOrElse(
                        subnet -> card.put("subnetwork", subnet),
                        () -> card.put("network", client.path("global/networks/default")));
        if (launch.where().address() == AddressChoice.PUBLIC) {
            card.put("accessConfigs", List.of(Map.of("type", "ONE_TO_ONE_NAT", "name", "External NAT")));
        }
        return card;
    }

    /** Nobody else's keys and logins count on a node. */
    private static List<Map<String, String>> metadata(FirstBoot boot) {
        return List.of(
                item("startup-script", boot.script() + GoogleMachines.TELL_BOOTED),
                item("enable-guest-attributes", "TRUE"),
                item("block-project-ssh-keys", "TRUE"),
                item("enable-oslogin", "FALSE"));
    }

    private static Map<String, String> item(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    private Map<String, ?> scheduling() {
        Map<String, Object> scheduling = new HashMap<>();
        boolean isSpot = launch.billing() == Launch.Billing.SPOT;
        // A node that went away is made again by the manager, with another machine.
        scheduling.put("automaticRestart", false);
        scheduling.put("provisioningModel", isSpot ? "SPOT" : "STANDARD");
        if (isSpot || launch.pieces().placementGroup().isPresent() || !GoogleCatalogue.canMove(launch.type())) {
            scheduling.put("onHostMaintenance", "TERMINATE");
        }
        Optional<Long> life = lifeSeconds(launch.firstBoot().endsAt());
        life.ifPresent(seconds -> scheduling.put("maxRunDuration", Map.of("seconds", String.valueOf(seconds))));
        if (isSpot || life.isPresent()) {
            scheduling.put("instanceTerminationAction", "DELETE");
        }
        return scheduling;
    }

    private static Optional<Long> lifeSeconds(Optional<Instant> endsAt) {
        return endsAt.map(end -> Duration.between(Instant.now(), end).plus(GRACE))
                .filter(life -> life.compareTo(LONGEST_LIFE) <= 0)
                .map(life -> Math.max(SHORTEST_LIFE.toSeconds(), life.toSeconds()));
    }
}
