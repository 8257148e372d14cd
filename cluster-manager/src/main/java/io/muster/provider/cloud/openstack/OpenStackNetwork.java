package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterWish;
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
import org.jclouds.openstack.nova.v2_0.domain.KeyPair;

/**
 * Security group and key pair of a cluster; every method may be repeated. A security group's tags are its description,
 * given with the call that makes it; a key pair has a name only, which says owner and cluster.
 */
final class OpenStackNetwork {
    private static final int SSH_PORT = 22;

    private final OpenStackConnection connection;
    private final String region;

    OpenStackNetwork(OpenStackConnection connection, Place place) {
        this.connection = connection;
        this.region = place.region();
    }

    ClusterPieces prepare(ClusterWish wish) throws CloudFailure {
        if (wish.where().placement()) {
            throw new CloudFailure(
                    Kind.PERMANENT, "openstack-nova has no placement groups here: leave network.placement out");
        }
        String network = network(wish.where().subnet());
        SecurityGroup group = securityGroup(wish);
        allow(group, wish);
        return new ClusterPieces(group.getId(), keyPair(wish), Optional.of(network), Optional.empty());
    }

    /** The id of the network of that name or id, or of the only one that there is. */
    private String network(Optional<String> wanted) throws CloudFailure {
        List<Network> all = connection.call(
                "list networks",
                (_, neutron) -> List.copyOf(
                        neutron.getNetworkApi(region).list().concat().toList()));
        List<Network> fitting = all.stream()
                .filter(one -> wanted.isEmpty()
                        || wanted.get().equals(one.getId())
                        || wanted.get().equals(one.getName()))
                .toList();
        if (fitting.size() != 1) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    (wanted.isEmpty()
                                    ? "there are " + fitting.size() + " networks"
                                    : "there are " + fitting.size() + " networks " + wanted.get())
                            + ". Name one by its name or id: network: {subnet: …}; there are: "
                            + all.stream().map(Network::getName).collect(Collectors.joining(", ")));
        }
        return fitting.getFirst().getId();
    }

    private SecurityGroup securityGroup(ClusterWish wish) throws CloudFailure {
        String description = description(wish.tags());
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
                                .name(wish.name())
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

    /** SSH from the manager, or from anywhere inside when it comes from there, and everything among the nodes. */
    private void allow(SecurityGroup group, ClusterWish wish) throws CloudFailure {
        List<String> open = new ArrayList<>();
        boolean among = false;
        for (Rule rule : group.getRules()) {
            among |= group.getId().equals(rule.getRemoteGroupId());
            if (rule.getPortRangeMin() != null && rule.getPortRangeMin() == SSH_PORT) {
                String from = String.valueOf(rule.getRemoteIpPrefix());
                if (wish.sshFrom().contains(from)) {
                    open.add(from);
                } else {
                    connection.call(
                            "remove rule",
                            (_, neutron) -> neutron.getSecurityGroupApi(region).deleteRule(rule.getId()));
                }
            }
        }
        for (String from : wish.sshFrom()) {
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

    private String keyPair(ClusterWish wish) throws CloudFailure {
        for (KeyPair one : keyPairs()) {
            if (one.getName().equals(wish.name())) {
                if (wish.authorizedKey()
                        .equals(String.valueOf(one.getPublicKey()).strip())) {
                    return wish.name();
                }
                // Of an earlier life of the cluster's name. Servers do not need it after their start.
                remove(new Piece("key-pair", wish.name(), Map.of(), Optional.empty()));
            }
        }
        connection.call(
                "create key pair",
                (nova, _) -> nova.getKeyPairApi(region).get().createWithPublicKey(wish.name(), wish.authorizedKey()));
        return wish.name();
    }

    private List<KeyPair> keyPairs() throws CloudFailure {
        return connection.call(
                "list key pairs",
                (nova, _) -> List.copyOf(nova.getKeyPairApi(region).get().list().toList()));
    }

    List<Piece> pieces(Map<String, String> tags) throws CloudFailure {
        List<Piece> pieces = new ArrayList<>();
        for (SecurityGroup group : groups()) {
            Map<String, String> own = tags(String.valueOf(group.getDescription()));
            if (own.entrySet().containsAll(tags.entrySet())) {
                pieces.add(new Piece("security-group", group.getId(), own, Optional.empty()));
            }
        }
        for (KeyPair pair : keyPairs()) {
            Map<String, String> own = ClusterWish.tagsOfName(pair.getName());
            if (!own.isEmpty() && own.entrySet().containsAll(tags.entrySet())) {
                pieces.add(new Piece("key-pair", pair.getName(), own, Optional.empty()));
            }
        }
        return pieces;
    }

    void remove(Piece piece) throws CloudFailure {
        if (piece.kind().equals("security-group")) {
            connection.call(
                    "delete security group",
                    (_, neutron) -> neutron.getSecurityGroupApi(region).deleteSecurityGroup(piece.id()));
        } else {
            connection.call(
                    "delete key pair",
                    (nova, _) -> nova.getKeyPairApi(region).get().delete(piece.id()));
        }
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
