package io.muster.provider.cloud.standin;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What bodies of requests may hold, after the REST reference of Compute Engine, version 1, as far as it is used. */
final class GceShapes {
    private static final Map<String, BodyShape> SHAPES = Map.of(
            "instances",
            BodyShape.of("""
                    name! description machineType! tags.items resourcePolicies
                    disks.boot disks.autoDelete
                    disks.initializeParams.sourceImage disks.initializeParams.diskSizeGb
                    disks.initializeParams.diskType disks.initializeParams.labels.muster-address
                    disks.initializeParams.labels.muster-authorized-key-sha256
                    disks.initializeParams.labels.muster-authorized-key-sha256_1
                    disks.initializeParams.labels.muster-cluster disks.initializeParams.labels.muster-created
                    disks.initializeParams.labels.muster-host-key disks.initializeParams.labels.muster-host-key_1
                    disks.initializeParams.labels.muster-host-key_2 disks.initializeParams.labels.muster-index
                    disks.initializeParams.labels.muster-node disks.initializeParams.labels.muster-owner
                    disks.initializeParams.labels.muster-slots
                    networkInterfaces.network networkInterfaces.subnetwork
                    networkInterfaces.accessConfigs.type networkInterfaces.accessConfigs.name
                    metadata.items.key! metadata.items.value
                    scheduling.automaticRestart scheduling.provisioningModel scheduling.onHostMaintenance
                    scheduling.instanceTerminationAction scheduling.maxRunDuration.seconds
                    """, "labels"),
            "firewalls",
            BodyShape.of("""
                    name! description network direction priority sourceRanges sourceTags targetTags
                    allowed.IPProtocol! allowed.ports denied.IPProtocol! denied.ports
                    """, ""),
            "resourcePolicies",
            BodyShape.of("name! description groupPlacementPolicy.collocation", ""),
            "setLabels",
            BodyShape.of("labelFingerprint!", "labels"),
            "patch",
            BodyShape.of("sourceRanges", ""));

    private GceShapes() {}

    static void check(String kind, JsonNode body) throws CallRefusal {
        if (!body.isObject()) {
            throw new CallRefusal(400, "parseError", "Parse Error");
        }
        BodyShape shape = SHAPES.getOrDefault(kind, BodyShape.of("", ""));
        Optional<String> unknown = shape.unknown(body);
        if (unknown.isPresent()) {
            throw new CallRefusal(400, "badRequest", "Invalid JSON payload received. Unknown name: " + unknown.get());
        }
        Optional<String> missing = shape.missing(body);
        if (missing.isPresent()) {
            throw new CallRefusal(400, "required", "Required field '" + missing.get() + "' not specified");
        }
    }
}
