package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterResources;
import io.muster.provider.cloud.Piece;
import io.muster.provider.cloud.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jclouds.openstack.neutron.v2.domain.Network;
import org.jclouds.openstack.neutron.v2.domain.Rule;
import org.jclouds.openstack.neutron.v2.domain.RuleDirection;
import org.jclouds.openstack.neutron.v2.domain.RuleEthertype;
import org.jclouds.openstack.neutron.v2.domain.RuleProtocol;
import org.jclouds.openstack.neutron.v2.domain.SecurityGroup;
import org.jclouds.openstack.neutron.v2.domain.Subnet;
import org.jclouds.openstack.nova.v2_0.domain.KeyPair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Security group, key pair and server group of a cluster; every method may be repeated. A security group's tags are its
 * description, given with the call that makes it; the others have a name only, which says owner and cluster.
 */
final class OpenStackNetwork {
    private static final int SSH_PORT = 22;
    private static final String SECURITY_GROUP = "security-group";
    private static final String KEY_PAIR = "key-pair";
    private static final String PLACEMENT_GROUP = "placement-group";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final OpenStackConnection connection;
    private final String region;

    OpenStackNetwork(OpenStackConnection connection, Place place) {
        this.connection = connection;
        this.region = place.region();
    }

    ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        List<Subnet> subnets = subnets();
        String network = network(resources.where().subnet(), subnets);
        SecurityGroup group = securityGroup(resources);
        allow(group, resources.sshFrom().isEmpty() ? ranges(network, subnets) : resources.sshFrom());
        return new ClusterPieces(group.getId(), keyPair(resources), Optional.of(network), serverGroup(resources));
    }

    private List<Subnet> subnets() throws CloudFailure {
        return connection.call(
                "list subnets",
                (_, neutron) ->
                        List.copyOf(neutron.getSubnetApi(region).list().concat().toList()));
    }

    /** Where those come from who are inside. */
    private static List<String> ranges(String network, List<Subnet> subnets) {
        return subnets.stream()
                .filter(one -> network.equals(one.getNetworkId()) && one.getIpVersion() == 4)
                .map(Subnet::getCidr)
                .toList();
    }

    /** The id of the network of that name or id, or with such a subnet, or of the only one that is the project's. */
    private String network(Optional<String> wanted, List<Subnet> subnets) throws CloudFailure {
        List<Network> all = connection.call(
                "list networks",
                (_, neutron) -> List.copyOf(
                        neutron.getNetworkApi(region).list().concat().toList()));
        List<Network> inside = all.stream()
                .filter(one -> !Boolean.TRUE.equals(one.getExternal()))
                .toList();
        List<Network> fitting = wanted.isEmpty()
                ? inside.isEmpty() ? all : inside
                : all.stream()
                        .filter(one -> isNamed(one, wanted.get(), subnets))
                        .toList();
        if (fitting.size() != 1) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "there are " + fitting.size() + " networks"
                            + wanted.map(name -> " " + name).orElse("")
                            + ". Name one by its name or id: network: {subnet: …}; there are: "
                            + all.stream()
                                    .map(one -> one.getName() + " (" + one.getId() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        return fitting.getFirst().getId();
    }

    private static boolean isNamed(Network network, String wanted, List<Subnet> subnets) {
        return wanted.equals(network.getId())
                || wanted.equals(network.getName())
                || subnets.stream()
                        .filter(one -> network.getId().equals(one.getNetworkId()))
                        .anyMatch(one -> wanted.equals(one.getId()) || wanted.equals(one.getName()));
    }

    private SecurityGroup securityGroup(ClusterResources resources) throws CloudFailure {
        String description = description(resources.tags());
        Optional<SecurityGroup> there = groups().stream()
                .filter(one -> description.equals(one.getDescription()))
                .findFirst();
        if (there.isPresent()) {
            return there.get();
        }
        return connection.call(
                "create security group",
                (_, neutron) -> neutron.getSecurityGroupApi(region)
                        .create(SecurityGroup.createBuilder()
                                .name(resources.name())
                                .description(description)
                                .build()));
    }

    private List<SecurityGroup> groups() throws CloudFailure {
        return connection.call(
                "list security groups",
                (_, neutron) -> List.copyOf(neutron.getSecurityGroupApi(region)
                        .listSecurityGroups()
                        .concat()
                        .toList()));
    }

    /** SSH from these ranges and from nowhere else, everything among the nodes. */
    private void allow(SecurityGroup group, List<String> ranges) throws CloudFailure {
        List<String> open = new ArrayList<>();
        boolean among = false;
        for (Rule rule : group.getRules()) {
            among |= group.getId().equals(rule.getRemoteGroupId());
            if (rule.getPortRangeMin() != null && rule.getPortRangeMin() == SSH_PORT) {
                String from = String.valueOf(rule.getRemoteIpPrefix());
                if (ranges.contains(from)) {
                    open.add(from);
                } else {
                    connection.call(
                            "remove rule",
                            (_, neutron) -> neutron.getSecurityGroupApi(region).deleteRule(rule.getId()));
                }
            }
        }
        for (String from : ranges) {
            if (!open.contains(from)) {
                create(Rule.createBuilder(RuleDirection.INGRESS, group.getId())
                        .ethertype(RuleEthertype.IPV4)
                        .protocol(RuleProtocol.TCP)
                        .portRangeMin(SSH_PORT)
                        .portRangeMax(SSH_PORT)
                        .remoteIpPrefix(from)
                        .build());
            }
        }
        if (!among) {
            create(Rule.createBuilder(RuleDirection.INGRESS, group.getId())
                    .ethertype(RuleEthertype.IPV4)
                    .remoteGroupId(group.getId())
                    .build());
        }
    }

    private void create(Rule.CreateRule rule) throws CloudFailure {
        try {
            connection.call(
                    "create rule",
                    (_, neutron) -> neutron.getSecurityGroupApi(region).create(rule));
        } catch (CloudFailure e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
        }
    }

    private String keyPair(ClusterResources resources) throws CloudFailure {
        for (KeyPair one : keyPairs()) {
            if (one.getName().equals(name(resources))) {
                if (resources
                        .authorizedKey()
                        .equals(String.valueOf(one.getPublicKey()).strip())) {
                    return name(resources);
                }
                // Of an earlier life of the cluster's name. Servers do not need it after their start.
                remove(new Piece(KEY_PAIR, name(resources), Map.of(), Optional.empty()));
            }
        }
        connection.call(
                "create key pair",
                (nova, _) -> nova.keyPairs(region).createWithPublicKey(name(resources), resources.authorizedKey()));
        return name(resources);
    }

    private List<KeyPair> keyPairs() throws CloudFailure {
        return connection.call(
                "list key pairs",
                (nova, _) -> List.copyOf(nova.keyPairs(region).list().toList()));
    }

    /** As near to each other as there is room. */
    private Optional<String> serverGroup(ClusterResources resources) throws CloudFailure {
        if (!resources.where().placement()) {
            return Optional.empty();
        }
        for (JsonNode one : serverGroups()) {
            if (name(resources).equals(one.path("name").asString(""))) {
                return Optional.of(one.path("id").asString(""));
            }
        }
        String made = connection.call(
                "create server group", (nova, _) -> nova.texts(region).createServerGroup(name(resources)));
        return Optional.of(MAPPER.readTree(made).path("server_group").path("id").asString(""));
    }

    private JsonNode serverGroups() throws CloudFailure {
        String answer = connection.call(
                "list server groups", (nova, _) -> nova.texts(region).serverGroups());
        return MAPPER.readTree(answer).path("server_groups");
    }

    List<Piece> pieces(Map<String, String> tags) throws CloudFailure {
        List<Piece> pieces = new ArrayList<>();
        for (SecurityGroup group : groups()) {
            Map<String, String> own = tags(String.valueOf(group.getDescription()));
            if (own.entrySet().containsAll(tags.entrySet())) {
                pieces.add(new Piece(SECURITY_GROUP, group.getId(), own, Optional.empty()));
            }
        }
        for (KeyPair pair : keyPairs()) {
            Map<String, String> own = tagsOfName(pair.getName());
            if (!own.isEmpty() && own.entrySet().containsAll(tags.entrySet())) {
                pieces.add(new Piece(KEY_PAIR, pair.getName(), own, Optional.empty()));
            }
        }
        for (JsonNode group : serverGroups()) {
            Map<String, String> own = tagsOfName(group.path("name").asString(""));
            if (!own.isEmpty() && own.entrySet().containsAll(tags.entrySet())) {
                pieces.add(new Piece(PLACEMENT_GROUP, group.path("id").asString(""), own, Optional.empty()));
            }
        }
        return pieces;
    }

    void remove(Piece piece) throws CloudFailure {
        String id = piece.id();
        switch (piece.kind()) {
            case SECURITY_GROUP ->
                connection.call(
                        "delete security group",
                        (_, neutron) -> neutron.getSecurityGroupApi(region).deleteSecurityGroup(id));
            case PLACEMENT_GROUP ->
                connection.call(
                        "delete server group", (nova, _) -> nova.texts(region).deleteServerGroup(id));
            default ->
                connection.call(
                        "delete key pair", (nova, _) -> nova.keyPairs(region).delete(id));
        }
    }

    /** Nova takes no dots in names; no owner and no cluster has an underscore. */
    private static String name(ClusterResources resources) {
        return resources.name().replace('.', '_');
    }

    private static Map<String, String> tagsOfName(String name) {
        return ClusterResources.tagsOfName(name.replace('_', '.'));
    }

    private static String description(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static Map<String, String> tags(String description) {
        Map<String, String> tags = new TreeMap<>();
        for (String word : description.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                tags.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return tags;
    }
}
