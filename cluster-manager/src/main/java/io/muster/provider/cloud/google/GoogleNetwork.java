package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterResources;
import io.muster.provider.cloud.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What the nodes of a cluster need before they start: firewall rules, which hold for the network tag that the nodes
 * carry, and a placement policy. Neither has labels; their descriptions hold the tags. Every method may be repeated.
 */
final class GoogleNetwork {
    /** What the names of everything here begin with. */
    static final String PREFIX = "muster-";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String DEFAULT = "global/networks/default";
    private static final List<String> INSIDE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
    private static final int ALLOW = 1_000;
    /** Before the rules of the default network, which let SSH in from everywhere. */
    private static final int DENY = 60_000;

    private static final int OF_CLUSTER = 24;
    private static final int OF_HASH = 12;

    private final ComputeClient client;
    private final Place place;

    GoogleNetwork(ComputeClient client, Place place) {
        this.client = client;
        this.place = place;
    }

    ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        if (client.find(client.path("regions/" + place.region()), Map.of()).isEmpty()) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "there is no region " + place.region() + ". gcloud compute regions list shows what there is");
        }
        Optional<JsonNode> subnet = Optional.empty();
        if (resources.where().subnet().isPresent()) {
            subnet = Optional.of(subnet(resources.where().subnet().get()));
        }
        String network = subnet.isPresent()
                ? ComputeClient.pathOf(subnet.get().path("network").asString(""))
                : defaultNetwork();
        String name = name(resources, network);
        rule(name, "ssh", network, resources, ssh(resources));
        rule(
                name,
                "nodes",
                network,
                resources,
                Map.of("allowed", List.of(Map.of("IPProtocol", "all")), "sourceTags", List.of(name)));
        rule(
                name,
                "nobody",
                network,
                resources,
                Map.of(
                        "denied",
                        List.of(Map.of("IPProtocol", "all")),
                        "sourceRanges",
                        List.of("0.0.0.0/0"),
                        "priority",
                        DENY));
        // Google takes the key with the machine, and keeps none.
        return new ClusterPieces(
                name,
                resources.authorizedKey(),
                subnet.map(one -> ComputeClient.pathOf(one.path("selfLink").asString(""))),
                placement(name, resources));
    }

    /** One for each cluster, region and network; it is also the network tag of the nodes. */
    private String name(ClusterResources resources, String network) {
        String whole = String.join("\n", resources.name(), place.region(), network);
        String hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, OF_HASH);
        String cluster = resources.tags().getOrDefault(GoogleTags.CLUSTER, "");
        return PREFIX + cluster.substring(0, Math.min(OF_CLUSTER, cluster.length())) + "-" + hash;
    }

    private JsonNode subnet(String wanted) throws CloudFailure {
        String path = ComputeClient.pathOf(wanted);
        Optional<JsonNode> found = client.find(
                path.startsWith("projects/")
                        ? path
                        : client.path("regions/" + place.region() + "/subnetworks/" + ComputeClient.nameOf(path)),
                Map.of());
        return found.orElseThrow(() -> new CloudFailure(
                Kind.PERMANENT,
                "there is no subnet " + wanted + " in " + place
                        + ". gcloud compute networks subnets list shows what there is"));
    }

    private String defaultNetwork() throws CloudFailure {
        String path = client.path(DEFAULT);
        if (client.find(path, Map.of()).isEmpty()) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "the project has no network \"default\": write network.subnet in the sizing file; gcloud compute"
                            + " networks subnets list shows what there is");
        }
        return path;
    }

    private static Map<String, ?> ssh(ClusterResources resources) {
        return Map.of(
                "allowed",
                List.of(Map.of("IPProtocol", "tcp", "ports", List.of("22"))),
                "sourceRanges",
                resources.sshFrom().isEmpty() ? INSIDE : resources.sshFrom());
    }

    /** Makes a rule, or lets one that is there follow the address of the manager. */
    private void rule(String name, String suffix, String network, ClusterResources resources, Map<String, ?> what)
            throws CloudFailure {
        String path = client.path("global/firewalls/" + name + "-" + suffix);
        Optional<JsonNode> there = client.find(path, Map.of());
        if (there.isPresent()) {
            if (what.get("sourceRanges") instanceof List<?> ranges
                    && !Set.copyOf(ranges).equals(texts(there.get().path("sourceRanges")))) {
                client.patch(path, Map.of("sourceRanges", ranges), PATIENCE);
            }
            return;
        }
        Map<String, Object> rule = new HashMap<>();
        rule.put("priority", ALLOW);
        rule.putAll(what);
        rule.put("name", name + "-" + suffix);
        rule.put("description", description(resources));
        rule.put("network", network);
        rule.put("direction", "INGRESS");
        rule.put("targetTags", List.of(name));
        client.make(client.path("global/firewalls"), rule, PATIENCE);
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(one -> texts.add(one.asString("")));
        return texts;
    }

    /** Rules are of the project; the region says with which nodes they go. */
    private String description(ClusterResources resources) {
        Map<String, String> tags = new HashMap<>(resources.tags());
        tags.put(GoogleTags.REGION, place.region());
        return GoogleTags.text(tags);
    }

    private Optional<String> placement(String name, ClusterResources resources) throws CloudFailure {
        if (!resources.where().placement()) {
            return Optional.empty();
        }
        String policies = client.path("regions/" + place.region() + "/resourcePolicies");
        client.make(
                policies,
                Map.of(
                        "name",
                        name,
                        "description",
                        description(resources),
                        "groupPlacementPolicy",
                        Map.of("collocation", "COLLOCATED")),
                PATIENCE);
        return Optional.of(policies + "/" + name);
    }
}
