package io.muster.provider.cloud.standin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One resource of the subscription, or a group. Guarded by the store that holds it. */
final class ArmResource {
    final String id;
    final String type;
    final String group;
    final String name;
    final ObjectNode body;
    final Instant created = Instant.now();
    String state = "Updating";
    /** When it is done with what its state says. */
    long dueNanos;
    /** Of a machine: what the guest does. */
    String power = "";
    /** Of a machine: the code of the error that ended its creation. */
    String failure = "";

    ArmResource(String id, String type, String group, String name, ObjectNode body) {
        this.id = id;
        this.type = type;
        this.group = group;
        this.name = name;
        this.body = body;
    }

    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    boolean is(String otherType) {
        return type.equalsIgnoreCase(otherType);
    }

    JsonNode properties() {
        return body.path("properties");
    }

    /** Every id that its properties name. */
    List<String> references() {
        List<String> found = new ArrayList<>();
        collect(properties(), found);
        return found;
    }

    private static void collect(JsonNode node, List<String> found) {
        if (node.isObject() && node.path("id").asString("").startsWith("/subscriptions/")) {
            found.add(node.path("id").asString(""));
        }
        node.forEach(child -> collect(child, found));
    }

    /** Whether it names that one, or something inside of it. */
    boolean uses(String otherId) {
        return references().stream()
                .map(ArmResource::key)
                .anyMatch(one -> one.equals(key(otherId)) || one.startsWith(key(otherId) + "/"));
    }

    /** As a GET shows it. */
    ObjectNode shown() {
        ObjectNode shown = body.deepCopy();
        shown.put("id", id);
        shown.put("name", name);
        shown.put("type", type);
        ObjectNode properties =
                shown.path("properties") instanceof ObjectNode there ? there : shown.putObject("properties");
        properties.put("provisioningState", state);
        if (is("Microsoft.Compute/virtualMachines")) {
            properties.put("timeCreated", created.toString());
            // What is secret comes back never.
            if (properties.path("osProfile") instanceof ObjectNode system) {
                system.remove("customData");
            }
        }
        return shown;
    }

    /** The instance view of a machine. */
    void fillView(ObjectNode view) {
        var statuses = view.putArray("statuses");
        if (failure.isEmpty()) {
            statuses.addObject()
                    .put("code", "ProvisioningState/" + state.toLowerCase(Locale.ROOT))
                    .put("level", "Info");
        } else {
            statuses.addObject()
                    .put("code", "ProvisioningState/failed/" + failure)
                    .put("level", "Error")
                    .put("message", "as the test wants it");
        }
        if (!power.isEmpty()) {
            statuses.addObject().put("code", "PowerState/" + power).put("level", "Info");
        }
    }
}
