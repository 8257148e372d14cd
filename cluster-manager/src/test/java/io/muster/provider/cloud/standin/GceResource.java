package io.muster.provider.cloud.standin;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One resource of the project. Guarded by the store that holds it. */
final class GceResource {
    /** Below the project, such as {@code zones/europe-west4-a/instances/heat-1}. */
    final String path;

    final ObjectNode body;
    final Instant created = Instant.now();

    /** Of an instance. */
    String status = "PROVISIONING";
    /** Of an instance: whether its script has told that it is through. */
    boolean told;
    /** Of an instance: when it began to run. */
    long runningSinceNanos;
    /** The operation that makes or removes it. */
    String operation = "";

    GceResource(String path, ObjectNode body) {
        this.path = path;
        this.body = body;
    }

    /** {@code zones}, {@code regions} or {@code global}. */
    String scope() {
        return path.replaceFirst("/[^/]+/[^/]+$", "");
    }

    String kind() {
        return path.replaceFirst("/[^/]+$", "").replaceFirst("^.*/", "");
    }

    String name() {
        return path.replaceFirst("^.*/", "");
    }

    boolean isInstance() {
        return kind().equals("instances");
    }

    JsonNode at(String dotted) {
        JsonNode node = body;
        for (String word : dotted.split("\\.", -1)) {
            node = word.matches("[0-9]+") ? node.path(Integer.parseInt(word)) : node.path(word);
        }
        return node;
    }

    /** The value of an item of the metadata. */
    String metadata(String key) {
        for (JsonNode item : at("metadata.items")) {
            if (item.path("key").asString("").equals(key)) {
                return item.path("value").asString("");
            }
        }
        return "";
    }

    String fingerprint() {
        return Integer.toHexString(body.path("labels").toString().hashCode()) + "=";
    }

    /** As a GET shows it. */
    ObjectNode shown(String root) {
        ObjectNode shown = body.deepCopy();
        shown.put("name", name());
        shown.put("selfLink", root + path);
        shown.put("creationTimestamp", created.toString().replace("Z", "+00:00"));
        if (path.startsWith("zones/")) {
            shown.put("zone", root + scope());
            shown.put("labelFingerprint", fingerprint());
        }
        if (isInstance()) {
            shown.put("status", status);
            shown.put("machineType", root + at("machineType").asString(""));
        }
        return shown;
    }
}
