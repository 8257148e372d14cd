package io.muster.provider.cloud.ec2;

import io.muster.provider.Offer;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.CloudRegion;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterResources;
import io.muster.provider.cloud.Instance;
import io.muster.provider.cloud.Launch;
import io.muster.provider.cloud.Piece;
import io.muster.provider.cloud.Place;
import io.muster.spec.AddressChoice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One region of EC2. */
final class Ec2Region implements CloudRegion {
    private static final String PAGE = "1000";
    private static final long GIB = 1L << 30;

    private final Place place;
    private final Ec2Client client;
    private final Ec2Images images;

    Ec2Region(Place place, Ec2Client client) {
        this.place = place;
        this.client = client;
        this.images = new Ec2Images(client);
    }

    @Override
    public List<Instance> instances(Map<String, String> tags) throws CloudFailure {
        List<Instance> found = new ArrayList<>();
        String next = "";
        do {
            Query query = Query.of("DescribeInstances").with("MaxResults", PAGE);
            tags.forEach((key, value) -> query.filter("tag:" + key, value));
            if (!next.isEmpty()) {
                query.with("NextToken", next);
            }
            Answer answer = client.call(query);
            for (Answer reservation : answer.items("reservationSet")) {
                reservation.items("instancesSet").forEach(one -> found.add(instance(one)));
            }
            next = answer.text("nextToken");
        } while (!next.isEmpty());
        return found;
    }

    private static Instance instance(Answer one) {
        String reason = one.text("stateReason/message");
        return new Instance(
                one.text("instanceId"),
                one.text("instanceType"),
                one.tags(),
                phase(one.text("instanceState/name")),
                reason.isEmpty() ? one.text("reason") : reason,
                Optional.of(one.text("ipAddress")).filter(text -> !text.isEmpty()),
                Optional.of(one.text("privateIpAddress")).filter(text -> !text.isEmpty()),
                Ec2Pieces.time(one.text("launchTime")).orElse(Instant.EPOCH));
    }

    private static Instance.Phase phase(String state) {
        return switch (state) {
            case "pending" -> Instance.Phase.PENDING;
            case "running" -> Instance.Phase.RUNNING;
            case "stopped" -> Instance.Phase.STOPPED;
            case "terminated" -> Instance.Phase.GONE;
            default -> Instance.Phase.ENDING;
        };
    }

    @Override
    public ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        return soonThere(() -> new Ec2Network(client).prepare(resources));
    }

    @Override
    public String image(String image) throws CloudFailure {
        return images.find(image);
    }

    @Override
    public String launch(Launch launch) throws CloudFailure {
        Map<String, String> tags = new HashMap<>(launch.tags());
        tags.put("Name", launch.name());
        Query query = Query.of("RunInstances")
                .with("ImageId", launch.image())
                .with("InstanceType", launch.type())
                .with("MinCount", "1")
                .with("MaxCount", "1")
                .with("ClientToken", launch.token())
                .with("KeyName", launch.pieces().keyPair())
                .with("InstanceInitiatedShutdownBehavior", "terminate")
                .with("MetadataOptions.HttpTokens", "required")
                .with(
                        "UserData",
                        Base64.getEncoder()
                                .encodeToString(launch.firstBoot().cloudConfig().getBytes(StandardCharsets.UTF_8)))
                .tagged("instance", tags)
                .tagged("volume", tags);
        launch.where().zone().ifPresent(zone -> query.with("Placement.AvailabilityZone", zone));
        launch.pieces().placementGroup().ifPresent(group -> query.with("Placement.GroupName", group));
        if (launch.billing() == Launch.Billing.SPOT) {
            query.with("InstanceMarketOptions.MarketType", "spot")
                    .with("InstanceMarketOptions.SpotOptions.SpotInstanceType", "one-time")
                    .with("InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior", "terminate")
                    .tagged("spot-instances-request", tags);
        }
        if (launch.diskBytes().isPresent()) {
            long gib = (launch.diskBytes().getAsLong() + GIB - 1) / GIB;
            query.with("BlockDeviceMapping.1.DeviceName", images.rootDevice(launch.image()))
                    .with("BlockDeviceMapping.1.Ebs.VolumeSize", String.valueOf(gib))
                    .with("BlockDeviceMapping.1.Ebs.VolumeType", "gp3")
                    .with("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true");
        }
        network(launch, query);
        return soonThere(() -> client.call(query).items("instancesSet").stream()
                .map(one -> one.text("instanceId"))
                .findFirst()
                .orElseThrow(() -> new CloudFailure(Kind.TRANSIENT, "EC2 answered a launch without an instance")));
    }

    /** A subnet may have its own mind about public addresses; the default ones give them. */
    private static void network(Launch launch, Query query) {
        Optional<String> subnet = launch.pieces().subnet();
        if (subnet.isEmpty()) {
            query.with("SecurityGroupId", List.of(launch.pieces().securityGroup()));
            return;
        }
        boolean isPublic = launch.where().address() == AddressChoice.PUBLIC;
        query.with("NetworkInterface.1.DeviceIndex", "0")
                .with("NetworkInterface.1.SubnetId", subnet.get())
                .with(
                        "NetworkInterface.1.SecurityGroupId",
                        List.of(launch.pieces().securityGroup()))
                .with("NetworkInterface.1.AssociatePublicIpAddress", String.valueOf(isPublic))
                .with("NetworkInterface.1.DeleteOnTermination", "true");
    }

    @Override
    public void tag(String instance, Map<String, String> tags) throws CloudFailure {
        Query query = Query.of("CreateTags").with("ResourceId", List.of(instance));
        int number = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            number++;
            query.with("Tag." + number + ".Key", tag.getKey()).with("Tag." + number + ".Value", tag.getValue());
        }
        soonThere(() -> client.call(query));
    }

    @Override
    public void terminate(Collection<String> instances) throws CloudFailure {
        if (instances.isEmpty()) {
            return;
        }
        try {
            client.call(Query.of("TerminateInstances").with("InstanceId", instances));
        } catch (CloudFailure e) {
            if (e.kind() != Kind.NOT_FOUND || instances.size() == 1) {
                ignoreGone(e);
                return;
            }
            // One that is gone makes EC2 refuse all.
            for (String one : instances) {
                terminate(List.of(one));
            }
        }
    }

    private static void ignoreGone(CloudFailure failure) throws CloudFailure {
        if (failure.kind() != Kind.NOT_FOUND) {
            throw failure;
        }
    }

    @Override
    public List<Piece> pieces(Map<String, String> tags) throws CloudFailure {
        return new Ec2Pieces(client, place).list(tags);
    }

    @Override
    public void remove(Piece piece) throws CloudFailure {
        new Ec2Pieces(client, place).remove(piece);
    }

    @Override
    public List<Offer> offers() {
        return Ec2Catalogue.offers(place.region());
    }

    @Override
    public List<Place> places() throws CloudFailure {
        if (place.endpoint().isPresent()) {
            return List.of(place);
        }
        return client.call(Query.of("DescribeRegions")).items("regionInfo").stream()
                .map(one -> new Place(one.text("regionName"), Optional.empty()))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws CloudFailure;
    }

    /** What was made a moment ago may not be known everywhere yet, and is tried again. */
    private static <T> T soonThere(Call<T> call) throws CloudFailure {
        try {
            return call.make();
        } catch (CloudFailure e) {
            throw e.kind() == Kind.NOT_FOUND ? new CloudFailure(Kind.TRANSIENT, e.said(), e) : e;
        }
    }
}
