package io.muster.provider.cloud.standin;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What Compute Engine checks beyond the shape of a request: names, labels, references, values that go together. */
final class GceRules {
    static final String PROJECT = "lab-project";
    static final String REGION = "europe-west4";

    /** The machine types of each zone. */
    static final Map<String, List<String>> ZONES = Map.of(
            "europe-west4-a", List.of("e2-standard-2", "e2-standard-4", "n2-standard-2"),
            "europe-west4-b", List.of("e2-standard-2", "c2-standard-4"),
            "us-central1-a", List.of("e2-standard-2", "h3-standard-88"));

    /** Images by project and family. */
    static final Map<String, String> FAMILIES = Map.of(
            "debian-cloud/debian-12", "debian-12-bookworm-v20260310",
            "ubuntu-os-cloud/ubuntu-2404-lts-amd64", "ubuntu-2404-noble-amd64-v20260311",
            "rocky-linux-cloud/rocky-linux-9", "rocky-linux-9-v20260312");

    private static final String NAME = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String HERE = "projects/" + PROJECT + "/";

    private final GceStore store;

    GceRules(GceStore store) {
        this.store = store;
    }

    static CallRefusal invalid(String field, String why) {
        return new CallRefusal(400, "invalid", "Invalid value for field '" + field + "': " + why);
    }

    static void checkName(String name) throws CallRefusal {
        if (!name.matches(NAME)) {
            throw invalid("resource.name", "'" + name + "'");
        }
    }

    static void checkLabels(JsonNode labels) throws CallRefusal {
        if (labels.size() > 64) {
            throw invalid("resource.labels", "more than 64");
        }
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!label.getKey().matches("[a-z][a-z0-9_-]{0,62}")
                    || !label.getValue().asString("!").matches("[a-z0-9_-]{0,63}")) {
                throw invalid("resource.labels", label.toString());
            }
        }
    }

    void checkFirewall(JsonNode body) throws CallRefusal {
        checkName(body.path("name").asString(""));
        reference("resource.network", body.path("network").asString(""));
        if (body.path("allowed").isArray() == body.path("denied").isArray()) {
            throw invalid("resource.allowed", "exactly one of allowed and denied");
        }
        for (String list : List.of("sourceTags", "targetTags")) {
            for (JsonNode tag : body.path(list)) {
                checkName(tag.asString(""));
            }
        }
        if (body.path("sourceRanges").isMissingNode() == body.path("sourceTags").isMissingNode()) {
            throw invalid("resource.sourceRanges", "a source is needed");
        }
        checkRanges(body.path("sourceRanges"));
    }

    static void checkRanges(JsonNode ranges) throws CallRefusal {
        for (JsonNode range : ranges) {
            if (!range.asString("").matches("[0-9]+(\\.[0-9]+){3}/[0-9]+")) {
                throw invalid("resource.sourceRanges", range.toString());
            }
        }
    }

    void checkInstance(String zone, JsonNode body) throws CallRefusal {
        checkName(body.path("name").asString(""));
        checkLabels(body.path("labels"));
        String type = body.path("machineType").asString("");
        String known = "zones/" + zone + "/machineTypes/";
        if (!type.startsWith(known) || !ZONES.getOrDefault(zone, List.of()).contains(type.substring(known.length()))) {
            throw invalid(
                    "resource.machineType", "'" + type + "'. Machine type does not exist in zone '" + zone + "'.");
        }
        for (JsonNode tag : body.path("tags").path("items")) {
            checkName(tag.asString(""));
        }
        JsonNode disk = body.path("disks").path(0).path("initializeParams");
        checkLabels(disk.path("labels"));
        if (!isImage(disk.path("sourceImage").asString(""))) {
            throw invalid("resource.disks[0].initializeParams.sourceImage", disk.toString());
        }
        if (!disk.path("diskType").asString("").equals("zones/" + zone + "/diskTypes/pd-balanced")
                || !disk.path("diskSizeGb").asString("10").matches("[0-9]+")) {
            throw invalid("resource.disks[0].initializeParams", disk.toString());
        }
        JsonNode card = body.path("networkInterfaces").path(0);
        reference(
                "resource.networkInterfaces[0]",
                card.path("subnetwork").asString(card.path("network").asString("")));
        for (JsonNode policy : body.path("resourcePolicies")) {
            reference("resource.resourcePolicies", policy.asString(""));
        }
        checkScheduling(
                body.path("scheduling"),
                type.substring(known.length()),
                !body.path("resourcePolicies").isEmpty());
    }

    private static void checkScheduling(JsonNode scheduling, String type, boolean isPlaced) throws CallRefusal {
        boolean ends = scheduling.path("onHostMaintenance").asString("").equals("TERMINATE");
        boolean isSpot = scheduling.path("provisioningModel").asString("").equals("SPOT");
        boolean restarts = scheduling.path("automaticRestart").asBoolean(true);
        if (isSpot && (!ends || restarts)) {
            throw invalid("resource.scheduling", "spot machines end at maintenance and do not start again");
        }
        if (isPlaced && (!ends || type.startsWith("e2"))) {
            throw invalid("resource.scheduling", "a placement policy is not for " + type + " or needs TERMINATE");
        }
        if (ends && type.startsWith("e2") && !isSpot) {
            throw invalid("resource.scheduling.onHostMaintenance", "E2 can only migrate");
        }
        JsonNode life = scheduling.path("maxRunDuration");
        boolean hasAction = scheduling.has("instanceTerminationAction");
        if (hasAction != (isSpot || life.isObject())) {
            throw invalid("resource.scheduling.instanceTerminationAction", "without an end, or an end without it");
        }
        if (life.isObject()) {
            String seconds = life.path("seconds").asString("");
            if (!seconds.matches("[0-9]{2,8}")
                    || Integer.parseInt(seconds) < 30
                    || Integer.parseInt(seconds) > 120 * 86_400) {
                throw invalid("resource.scheduling.maxRunDuration", seconds);
            }
        }
    }

    private void reference(String field, String path) throws CallRefusal {
        if (!path.startsWith(HERE) || store.find(path.substring(HERE.length())).isEmpty()) {
            throw new CallRefusal(404, "notFound", field + ": the resource '" + path + "' was not found");
        }
    }

    static boolean isImage(String path) {
        return FAMILIES.entrySet().stream()
                .anyMatch(one -> path.equals(
                        "projects/" + one.getKey().replaceFirst("/.*$", "") + "/global/images/" + one.getValue()));
    }

    /** What uses a resource may not lose it. */
    void checkUnused(GceResource going) throws CallRefusal {
        for (GceResource instance : store.all("instances")) {
            boolean isDisk = going.kind().equals("disks")
                    && going.name().equals(instance.name())
                    && going.scope().equals(instance.scope());
            boolean isPolicy = instance.body.path("resourcePolicies").toString().contains("/" + going.name() + "\"");
            if (isDisk || isPolicy) {
                throw new CallRefusal(
                        400,
                        "resourceInUseByAnotherResource",
                        "The resource '" + going.path + "' is already being used by '" + instance.path + "'");
            }
        }
    }
}
