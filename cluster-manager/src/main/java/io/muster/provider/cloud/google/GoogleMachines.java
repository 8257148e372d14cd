package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.Instance;
import io.muster.provider.cloud.Place;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The machines of clusters. Google's images start an SSH server with keys of their own before the boot script gives it
 * ours; so a machine counts as running only when its script has told that it is through. Thread-safe.
 */
final class GoogleMachines {
    private static final String ATTRIBUTE = "muster/booted";

    /** The end of every boot script. */
    static final String TELL_BOOTED =
            "curl --silent --show-error --fail --retry 9 --request PUT --data true --header 'Metadata-Flavor: Google'"
                    + " http://metadata.google.internal/computeMetadata/v1/instance/guest-attributes/" + ATTRIBUTE
                    + "\n";

    private final ComputeClient client;
    private final Place place;
    private final Set<String> booted = ConcurrentHashMap.newKeySet();

    GoogleMachines(ComputeClient client, Place place) {
        this.client = client;
        this.place = place;
    }

    /** What a machine is called here: its zone and its name. */
    static String id(String zone, String name) {
        return zone + "/" + name;
    }

    /** The path of what a zone has. */
    String path(String id, String kind) {
        int slash = id.indexOf('/');
        return client.path("zones/" + id.substring(0, slash) + "/" + kind + "/" + id.substring(slash + 1));
    }

    List<Instance> list(Map<String, String> tags) throws CloudFailure {
        List<Instance> found = new ArrayList<>();
        for (JsonNode machine : client.everywhere("instances", GoogleTags.filter(tags))) {
            if (GoogleZones.isIn(machine.path("zone").asString(""), place)) {
                Map<String, String> its = GoogleTags.ofLabels(machine.path("labels"));
                if (its.entrySet().containsAll(tags.entrySet())) {
                    found.add(instance(machine, its));
                }
            }
        }
        return found;
    }

    private Instance instance(JsonNode machine, Map<String, String> tags) throws CloudFailure {
        String id = idOf(machine);
        JsonNode card = machine.path("networkInterfaces").path(0);
        State state = state(id, machine, tags.containsKey(GoogleTags.READY));
        return new Instance(
                id,
                ComputeClient.nameOf(machine.path("machineType").asString("")),
                tags,
                state.phase(),
                state.reason(),
                text(card.path("accessConfigs").path(0).path("natIP")),
                text(card.path("networkIP")),
                time(machine).orElse(Instant.EPOCH));
    }

    static String idOf(JsonNode resource) {
        return id(
                ComputeClient.nameOf(resource.path("zone").asString("")),
                resource.path("name").asString(""));
    }

    private record State(Instance.Phase phase, String reason) {}

    private State state(String id, JsonNode machine, boolean isReady) throws CloudFailure {
        String status = machine.path("status").asString("");
        String message = machine.path("statusMessage").asString("");
        return switch (status) {
            case "RUNNING" ->
                isReady || hasBooted(id)
                        ? new State(Instance.Phase.RUNNING, message)
                        : new State(
                                Instance.Phase.PENDING,
                                "its boot script has not told that it is through; gcloud compute instances"
                                        + " get-serial-port-output shows why. The image must have Google's guest"
                                        + " environment, and guest attributes must be allowed");
            case "STOPPING", "PENDING_STOP", "SUSPENDING", "DEPROVISIONING" ->
                new State(Instance.Phase.ENDING, said(status, message));
            case "TERMINATED", "STOPPED", "SUSPENDED" -> new State(Instance.Phase.STOPPED, said(status, message));
            default -> new State(Instance.Phase.PENDING, message);
        };
    }

    private static String said(String status, String message) {
        return message.isEmpty() ? status : status + ": " + message;
    }

    private boolean hasBooted(String id) throws CloudFailure {
        if (booted.contains(id)) {
            return true;
        }
        Optional<JsonNode> told =
                client.find(path(id, "instances") + "/getGuestAttributes", Map.of("queryPath", ATTRIBUTE));
        if (told.isPresent()) {
            booted.add(id);
        }
        return told.isPresent();
    }

    /** Adds tags to a machine. */
    void tag(String id, Map<String, String> tags) throws CloudFailure {
        String path = path(id, "instances");
        JsonNode machine = client.get(path, Map.of());
        Map<String, String> labels = new HashMap<>();
        machine.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        labels.putAll(GoogleTags.labels(tags));
        client.post(
                path + "/setLabels",
                Map.of(),
                Map.of(
                        "labels",
                        labels,
                        "labelFingerprint",
                        machine.path("labelFingerprint").asString("")));
    }

    /** Has machines removed, which takes along their disks. */
    void remove(Collection<String> ids) throws CloudFailure {
        for (String id : ids) {
            booted.remove(id);
            client.delete(path(id, "instances"));
        }
    }

    static Optional<Instant> time(JsonNode resource) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(resource.path("creationTimestamp").asString(""))
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asString("")).filter(text -> !text.isEmpty());
    }
}
