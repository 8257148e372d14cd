package io.muster.provider.cloud.openstack;

import io.muster.provider.Offer;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.CloudRegion;
import io.muster.provider.cloud.ClusterPieces;
import io.muster.provider.cloud.ClusterWish;
import io.muster.provider.cloud.ImageAlias;
import io.muster.provider.cloud.Instance;
import io.muster.provider.cloud.Launch;
import io.muster.provider.cloud.Piece;
import io.muster.provider.cloud.Place;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jclouds.openstack.nova.v2_0.domain.Address;
import org.jclouds.openstack.nova.v2_0.domain.BlockDeviceMapping;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.domain.Image;
import org.jclouds.openstack.nova.v2_0.domain.Server;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;

/** One region of an OpenStack cloud. A server's tags are its metadata, given with the call that creates it. */
final class OpenStackRegion implements CloudRegion {
    private static final String TOKEN = "muster-token";
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final OpenStackConnection connection;
    private final OpenStackNetwork network;
    private final Place place;
    private final String region;

    OpenStackRegion(OpenStackConnection connection, Place place) {
        this.connection = connection;
        this.network = new OpenStackNetwork(connection, place);
        this.place = place;
        this.region = place.region();
    }

    @Override
    public List<Instance> instances(Map<String, String> tags) throws CloudFailure {
        return servers().stream()
                .filter(server -> server.getMetadata().entrySet().containsAll(tags.entrySet()))
                .map(OpenStackRegion::instance)
                .toList();
    }

    private List<Server> servers() throws CloudFailure {
        return connection.call(
                "list servers",
                (nova, _) -> List.copyOf(
                        nova.getServerApi(region).listInDetail().concat().toList()));
    }

    private static Instance instance(Server server) {
        List<String> addresses = server.getAddresses().values().stream()
                .filter(address -> address.getVersion() == 4)
                .map(Address::getAddr)
                .toList();
        Optional<String> named = Optional.ofNullable(server.getAccessIPv4()).filter(text -> !text.isEmpty());
        return new Instance(
                server.getId(),
                Optional.ofNullable(server.getFlavor().getName()).orElse(""),
                server.getMetadata(),
                phase(server),
                server.getStatus() == Server.Status.ERROR
                        ? "the cloud does not say why; as a rule No valid host was found"
                        : server.getStatus().name(),
                addresses.size() > 1 ? Optional.of(addresses.getLast()) : named,
                addresses.stream().findFirst(),
                server.getCreated().toInstant());
    }

    private static Instance.Phase phase(Server server) {
        boolean deleting = server.getExtendedStatus()
                .transform(status -> "deleting".equals(status.getTaskState()))
                .or(false);
        if (deleting) {
            return Instance.Phase.ENDING;
        }
        return switch (server.getStatus()) {
            case BUILD, REBUILD -> Instance.Phase.PENDING;
            case ACTIVE, PASSWORD, REBOOT, HARD_REBOOT, RESIZE, VERIFY_RESIZE, REVERT_RESIZE, MIGRATING ->
                Instance.Phase.RUNNING;
            case DELETED, SOFT_DELETED -> Instance.Phase.GONE;
            default -> Instance.Phase.STOPPED;
        };
    }

    @Override
    public ClusterPieces prepare(ClusterWish wish) throws CloudFailure {
        return network.prepare(wish);
    }

    @Override
    public String image(String image) throws CloudFailure {
        List<Image> all = connection.call(
                "list images",
                (nova, _) -> List.copyOf(
                        nova.getImageApi(region).listInDetail().concat().toList()));
        Pattern names =
                ImageAlias.of(image).map(OpenStackRegion::pattern).orElse(Pattern.compile(Pattern.quote(image)));
        return all.stream()
                .filter(one -> one.getId().equals(image)
                        || names.matcher(String.valueOf(one.getName())).matches())
                .max(Comparator.comparing(Image::getCreated))
                .map(Image::getId)
                .orElseThrow(() -> new CloudFailure(
                        Kind.PERMANENT,
                        "no image " + image + " there. Name one of: "
                                + String.join(
                                        ", ", all.stream().map(Image::getName).toList())));
    }

    /** What administrators call the images of the makers. */
    private static Pattern pattern(ImageAlias alias) {
        String names = switch (alias) {
            case DEBIAN_12 -> "debian[-_ ]*(gnu/linux[-_ ]*)?(12|bookworm)\\b.*";
            case UBUNTU_24_04 -> "ubuntu[-_ ]*(server[-_ ]*)?(24\\.04|noble)\\b.*";
            case ROCKY_9 -> "rocky[-_ ]*(linux[-_ ]*)?9\\b.*";
        };
        return Pattern.compile(names, Pattern.CASE_INSENSITIVE);
    }

    @Override
    public String launch(Launch launch) throws CloudFailure {
        if (launch.billing() == Launch.Billing.SPOT) {
            throw new CloudFailure(Kind.PERMANENT, "OpenStack has no spot machines: leave spot: out");
        }
        // Nova has no tokens: what an earlier call made is found by its metadata.
        Optional<Server> before = servers().stream()
                .filter(server -> launch.token().equals(server.getMetadata().get(TOKEN)))
                .findFirst();
        if (before.isPresent()) {
            return before.get().getId();
        }
        Flavor flavor = flavors().stream()
                .filter(one ->
                        one.getName().equals(launch.type()) || one.getId().equals(launch.type()))
                .findFirst()
                .orElseThrow(() -> new CloudFailure(Kind.PERMANENT, "there is no flavor " + launch.type()));
        Map<String, String> metadata = new HashMap<>(launch.tags());
        metadata.put(TOKEN, launch.token());
        CreateServerOptions options = new QuietOptions();
        options.metadata(metadata);
        options.userData(launch.userData().getBytes(StandardCharsets.UTF_8));
        options.configDrive(true);
        options.keyPairName(launch.pieces().keyPair());
        options.securityGroupNames(launch.pieces().securityGroup());
        launch.pieces().subnet().ifPresent(options::networks);
        launch.where().zone().ifPresent(options::availabilityZone);
        if (launch.diskBytes().isPresent() && launch.diskBytes().getAsLong() > flavor.getDisk() * GIB) {
            options.blockDeviceMappings(Set.of(volume(launch, launch.diskBytes().getAsLong())));
        }
        return connection
                .call(
                        "create server",
                        (nova, _) -> nova.getServerApi(region)
                                .create(launch.name(), launch.image(), flavor.getId(), options))
                .getId();
    }

    /** A root disk of another size than the flavor's is a volume of its own, which goes with the server. */
    private static BlockDeviceMapping volume(Launch launch, long bytes) {
        return BlockDeviceMapping.builder()
                .uuid(launch.image())
                .sourceType("image")
                .destinationType("volume")
                .volumeSize((int) ((bytes + GIB - 1) / GIB))
                .bootIndex(0)
                .deleteOnTermination(true)
                .build();
    }

    private List<? extends Flavor> flavors() throws CloudFailure {
        return connection.call(
                "list flavors",
                (nova, _) -> List.copyOf(
                        nova.getFlavorApi(region).listInDetail().concat().toList()));
    }

    @Override
    public void tag(String instance, Map<String, String> tags) throws CloudFailure {
        connection.call("tag server", (nova, _) -> nova.getServerApi(region).updateMetadata(instance, tags));
    }

    @Override
    public void terminate(Collection<String> instances) throws CloudFailure {
        for (String instance : instances) {
            connection.call(
                    "delete server", (nova, _) -> nova.getServerApi(region).delete(instance));
        }
    }

    @Override
    public List<Piece> pieces(Map<String, String> tags) throws CloudFailure {
        return network.pieces(tags);
    }

    @Override
    public void remove(Piece piece) throws CloudFailure {
        network.remove(piece);
    }

    /** The flavors. OpenStack tells no prices. */
    @Override
    public List<Offer> offers() throws CloudFailure {
        return flavors().stream()
                .map(flavor -> new Offer(
                        "openstack-nova",
                        region,
                        flavor.getName(),
                        flavor.getVcpus(),
                        flavor.getRam() * MIB,
                        Optional.empty(),
                        Optional.empty(),
                        LocalDate.now(ZoneOffset.UTC)))
                .toList();
    }

    @Override
    public List<Place> places() throws CloudFailure {
        return connection.call(
                "list regions",
                (nova, _) -> nova.getConfiguredRegions().stream()
                        .map(name -> new Place(name, place.endpoint()))
                        .toList());
    }

    @Override
    public void close() {
        connection.close();
    }

    /** User data are a secret, and jclouds would show them in messages. */
    private static final class QuietOptions extends CreateServerOptions {
        @Override
        public String toString() {
            return "options of a server";
        }
    }
}
