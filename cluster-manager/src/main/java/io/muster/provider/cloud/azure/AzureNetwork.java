package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterResources;
import io.muster.provider.cloud.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes of a cluster need before they start, in its resource group; every method may be repeated. */
final class AzureNetwork {
    /** The name of everything that a group has one of. */
    static final String NAME = "muster";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SUBNET = "nodes";
    private static final String ADDRESSES = "10.77.0.0/16";

    private final ArmClient client;
    private final AzureGroups groups;
    private final Place place;

    AzureNetwork(ArmClient client, AzureGroups groups, Place place) {
        this.client = client;
        this.groups = groups;
        this.place = place;
    }

    ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        Optional<String> wanted = resources.where().subnet();
        if (wanted.isPresent()) {
            checkSubnet(subnetId(wanted.get()), wanted.get());
        }
        String group = groups.prepare(resources);
        String members = client.id(ArmKind.MEMBERS, group, NAME);
        make(ArmKind.MEMBERS, group, resources, Map.of());
        make(ArmKind.RULES, group, resources, Map.of("securityRules", rules(resources, members)));
        String subnet = wanted.isPresent() ? subnetId(wanted.get()) : ownSubnet(group, resources);
        // Azure takes the key with the machine, and keeps none.
        return new ClusterPieces(
                client.id(ArmKind.RULES, group, NAME),
                resources.authorizedKey(),
                Optional.of(subnet),
                placement(group, resources));
    }

    private void make(ArmKind kind, String group, ClusterResources resources, Map<String, ?> properties)
            throws CloudFailure {
        client.make(
                client.id(kind, group, NAME),
                kind.version(),
                Map.of("location", place.region(), "tags", resources.tags(), "properties", properties),
                PATIENCE);
    }

    /** The id of a subnet by its id, or by group, network and name. */
    private String subnetId(String wanted) throws CloudFailure {
        if (wanted.startsWith("/subscriptions/")) {
            return wanted;
        }
        List<String> words = List.of(wanted.split("/", -1));
        if (words.size() != 3) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "subnet " + wanted + " is neither an id (/subscriptions/…) nor RESOURCE-GROUP/NETWORK/SUBNET");
        }
        return client.id(ArmKind.NETWORK, words.get(0), words.get(1)) + "/subnets/" + words.get(2);
    }

    private void checkSubnet(String id, String wanted) throws CloudFailure {
        if (client.find(id, ArmKind.NETWORK.version()).isEmpty()) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "there is no subnet " + wanted + ". az network vnet subnet list shows those of a network");
        }
    }

    private String ownSubnet(String group, ClusterResources resources) throws CloudFailure {
        String network = client.id(ArmKind.NETWORK, group, NAME);
        if (client.find(network, ArmKind.NETWORK.version()).isEmpty()) {
            make(
                    ArmKind.NETWORK,
                    group,
                    resources,
                    Map.of(
                            "addressSpace",
                            Map.of("addressPrefixes", List.of(ADDRESSES)),
                            "subnets",
                            List.of(Map.of("name", SUBNET, "properties", Map.of("addressPrefix", ADDRESSES)))));
        }
        return network + "/subnets/" + SUBNET;
    }

    /** SSH from the manager and everything among the nodes, nothing else: Azure lets a network in by itself. */
    private static List<Map<String, ?>> rules(ClusterResources resources, String members) {
        Map<String, Object> ssh = new HashMap<>(rule(100, "Allow", "Tcp", "22"));
        if (resources.sshFrom().isEmpty()) {
            ssh.put("sourceAddressPrefix", "VirtualNetwork");
        } else {
            ssh.put("sourceAddressPrefixes", resources.sshFrom());
        }
        ssh.put("destinationAddressPrefix", "*");
        Map<String, Object> among = new HashMap<>(rule(200, "Allow", "*", "*"));
        among.put("sourceApplicationSecurityGroups", List.of(Map.of("id", members)));
        among.put("destinationApplicationSecurityGroups", List.of(Map.of("id", members)));
        Map<String, Object> nobody = new HashMap<>(rule(4096, "Deny", "*", "*"));
        nobody.put("sourceAddressPrefix", "*");
        nobody.put("destinationAddressPrefix", "*");
        List<Map<String, ?>> rules = new ArrayList<>();
        rules.add(Map.of("name", "ssh", "properties", ssh));
        rules.add(Map.of("name", "among-nodes", "properties", among));
        rules.add(Map.of("name", "nobody-else", "properties", nobody));
        return rules;
    }

    private static Map<String, Object> rule(int priority, String access, String protocol, String port) {
        return Map.of(
                "priority",
                priority,
                "direction",
                "Inbound",
                "access",
                access,
                "protocol",
                protocol,
                "sourcePortRange",
                "*",
                "destinationPortRange",
                port);
    }

    private Optional<String> placement(String group, ClusterResources resources) throws CloudFailure {
        if (!resources.where().placement()) {
            return Optional.empty();
        }
        make(ArmKind.PLACEMENT, group, resources, Map.of("proximityPlacementGroupType", "Standard"));
        return Optional.of(client.id(ArmKind.PLACEMENT, group, NAME));
    }
}
