package io.muster.provider.cloud.ec2;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterResources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Security group, key pair and placement group of a cluster; every method may be repeated. */
final class Ec2Network {
    private static final String KEY_TAG = "muster-key-sha256";

    private final Ec2Client client;

    Ec2Network(Ec2Client client) {
        this.client = client;
    }

    ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        Answer vpc = vpc(resources);
        String group = securityGroup(resources, vpc.text("vpcId"));
        allow(group, resources, vpc);
        return new ClusterPieces(group, keyPair(resources), resources.where().subnet(), placementGroup(resources));
    }

    private Answer vpc(ClusterResources resources) throws CloudFailure {
        Query query = Query.of("DescribeVpcs");
        Optional<String> subnet = resources.where().subnet();
        if (subnet.isPresent()) {
            List<Answer> found = client.call(Query.of("DescribeSubnets").with("SubnetId", List.of(subnet.get())))
                    .items("subnetSet");
            if (found.isEmpty()) {
                throw new CloudFailure(Kind.PERMANENT, "there is no subnet " + subnet.get());
            }
            query.with("VpcId", List.of(found.getFirst().text("vpcId")));
        } else {
            query.filter("isDefault", "true");
        }
        List<Answer> vpcs = client.call(query).items("vpcSet");
        if (vpcs.isEmpty()) {
            throw new CloudFailure(
                    Kind.PERMANENT,
                    "the region has no default VPC. Name a subnet in the sizing file: network: {subnet: subnet-…}");
        }
        return vpcs.getFirst();
    }

    private String securityGroup(ClusterResources resources, String vpc) throws CloudFailure {
        Optional<String> there = findGroup(resources, vpc);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            return client.call(Query.of("CreateSecurityGroup")
                            .with("GroupName", resources.name())
                            .with("GroupDescription", "Nodes of a cluster made by Muster")
                            .with("VpcId", vpc)
                            .tagged("security-group", resources.tags()))
                    .text("groupId");
        } catch (CloudFailure e) {
            Optional<String> since = e.kind() == Kind.EXISTS ? findGroup(resources, vpc) : Optional.empty();
            if (since.isEmpty()) {
                throw e;
            }
            return since.get();
        }
    }

    private Optional<String> findGroup(ClusterResources resources, String vpc) throws CloudFailure {
        return client
                .call(Query.of("DescribeSecurityGroups")
                        .filter("group-name", resources.name())
                        .filter("vpc-id", vpc))
                .items("securityGroupInfo")
                .stream()
                .map(group -> group.text("groupId"))
                .findFirst();
    }

    /** SSH from the manager and from nowhere else, everything among the nodes. */
    private void allow(String group, ClusterResources resources, Answer vpc) throws CloudFailure {
        List<String> from = new ArrayList<>(resources.sshFrom());
        if (from.isEmpty()) {
            from.add(vpc.text("cidrBlock"));
        }
        List<Answer> rules = client
                .call(Query.of("DescribeSecurityGroups").with("GroupId", List.of(group)))
                .items("securityGroupInfo")
                .stream()
                .flatMap(one -> one.items("ipPermissions").stream())
                .toList();
        List<String> open = rules.stream()
                .filter(rule -> rule.text("fromPort").equals("22"))
                .flatMap(rule -> rule.items("ipRanges").stream())
                .map(range -> range.text("cidrIp"))
                .toList();
        for (String range : from) {
            if (!open.contains(range)) {
                unlessThere(ssh("AuthorizeSecurityGroupIngress", group, range));
            }
        }
        for (String range : open) {
            // From where the manager was before.
            if (!from.contains(range)) {
                client.call(ssh("RevokeSecurityGroupIngress", group, range));
            }
        }
        boolean among = rules.stream()
                .flatMap(rule -> rule.items("groups").stream())
                .anyMatch(peer -> peer.text("groupId").equals(group));
        if (!among) {
            unlessThere(Query.of("AuthorizeSecurityGroupIngress")
                    .with("GroupId", group)
                    .with("IpPermissions.1.IpProtocol", "-1")
                    .with("IpPermissions.1.Groups.1.GroupId", group));
        }
    }

    private static Query ssh(String action, String group, String range) {
        return Query.of(action)
                .with("GroupId", group)
                .with("IpPermissions.1.IpProtocol", "tcp")
                .with("IpPermissions.1.FromPort", "22")
                .with("IpPermissions.1.ToPort", "22")
                .with("IpPermissions.1.IpRanges.1.CidrIp", range);
    }

    private String keyPair(ClusterResources resources) throws CloudFailure {
        String hash = hash(resources.authorizedKey());
        List<Answer> there = client.call(Query.of("DescribeKeyPairs").filter("key-name", resources.name()))
                .items("keySet");
        if (!there.isEmpty() && hash.equals(there.getFirst().tags().get(KEY_TAG))) {
            return resources.name();
        }
        if (!there.isEmpty()) {
            // Of an earlier life of the cluster's name. Instances do not need it after their start.
            client.call(Query.of("DeleteKeyPair").with("KeyName", resources.name()));
        }
        Map<String, String> tags = new HashMap<>(resources.tags());
        tags.put(KEY_TAG, hash);
        unlessThere(Query.of("ImportKeyPair")
                .with("KeyName", resources.name())
                .with(
                        "PublicKeyMaterial",
                        Base64.getEncoder()
                                .encodeToString(resources.authorizedKey().getBytes(StandardCharsets.UTF_8)))
                .tagged("key-pair", tags));
        return resources.name();
    }

    private Optional<String> placementGroup(ClusterResources resources) throws CloudFailure {
        if (!resources.where().placement()) {
            return Optional.empty();
        }
        unlessThere(Query.of("CreatePlacementGroup")
                .with("GroupName", resources.name())
                .with("Strategy", "cluster")
                .tagged("placement-group", resources.tags()));
        return Optional.of(resources.name());
    }

    private void unlessThere(Query query) throws CloudFailure {
        try {
            client.call(query);
        } catch (CloudFailure e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
        }
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
