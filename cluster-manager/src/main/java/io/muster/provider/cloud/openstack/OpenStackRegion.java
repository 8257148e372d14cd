package io.muster.provider.cloud.openstack;

import com.google.common.collect.ImmutableMap;
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
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jclouds.http.HttpRequest;
import org.jclouds.openstack.nova.v2_0.domain.Address;
import org.jclouds.openstack.nova.v2_0.domain.BlockDeviceMapping;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.domain.Image;
import org.jclouds.openstack.nova.v2_0.domain.Server;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;
import tools.jackson.databind.json.JsonMapper;

/** One region of an OpenStack cloud. A server's tags are its metadata, given with the call that creates it. */
final class OpenStackRegion implements CloudRegion {
    private static final String TOKEN = "muster-token";
    private static final JsonMapper MAPPER = new JsonMapper();
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
        List<Instance> found = new ArrayList<>();
        for (Server server : servers()) {
            if (server.getMetadata().entrySet().containsAll(tags.entrySet())) {
                String said = server.getStatus() == Server.Status.ERROR
                        ? fault(server.getId())
                        : server.getStatus().name();
                found.add(instance(server, said));
            }
        }
        return found;
    }

    private List<Server> servers() throws CloudFailure {
        return connection.call(
                "list servers",
                (nova, _) -> List.copyOf(
                        nova.getServerApi(region).listInDetail().concat().toList()));
    }

    /** Why a server failed; jclouds does not read that. */
    private String fault(String id) throws CloudFailure {
        try {
            String answer = connection.call(
                    "show server", (nova, _) -> nova.texts(region).server(id));
            return MAPPER.readTree(answer)
                    .path("server")
                    .path("fault")
                    .path("message")
                    .asString("ERROR");
        } catch (CloudFailure e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return "ERROR";
            }
            throw e;
        }
    }

    private static Instance instance(Server server, String said) {
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
                said,
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
    public ClusterPieces prepare(ClusterResources resources) throws CloudFailure {
        return network.prepare(resources);
    }

    @Override
    public String image(String image) throws CloudFailure {
        List<Image> all = connection.call(
                "list images",
                (nova, _) -> List.copyOf(
                        nova.getImageApi(region).listInDetail().concat().toList()));
        Predicate<String> names = ImageNames.of(image);
        return all.stream()
                .filter(one -> one.getId().equals(image) || names.test(String.valueOf(one.getName())))
                .max(Comparator.comparing(Image::getCreated))
                .map(Image::getId)
                .orElseThrow(() -> new CloudFailure(
                        Kind.PERMANENT,
                        "no image " + image + " there. Name one of: "
                                + String.join(
                                        ", ", all.stream().map(Image::getName).toList())));
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
        CreateServerOptions options = new ServerOptions(launch.pieces().placementGroup());
        options.metadata(metadata);
        options.userData(launch.firstBoot().cloudConfig().getBytes(StandardCharsets.UTF_8));
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
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return flavors().stream().map(flavor -> offer(flavor, region, today)).toList();
    }

    static Offer offer(Flavor flavor, String region, LocalDate today) {
        return new Offer(
                "openstack-nova",
                region,
                flavor.getName(),
                flavor.getVcpus(),
                flavor.getRam() * MIB,
                Optional.empty(),
                Optional.empty(),
                today);
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

    /** With the server group, which jclouds does not know, and without the user data, a secret, in its text. */
    private static final class ServerOptions extends CreateServerOptions {
        private final Optional<String> group;

        ServerOptions(Optional<String> group) {
            this.group = group;
        }

        @Override
        public <R extends HttpRequest> R bindToRequest(R request, Object body) {
            if (group.isEmpty() || !(body instanceof Map<?, ?> server)) {
                return super.bindToRequest(request, body);
            }
            return super.bindToRequest(
                    request,
                    ImmutableMap.builder()
                            .putAll(server)
                            .put("os:scheduler_hints", Map.of("group", group.get()))
                            .build());
        }

        @Override
        public String toString() {
            return "options of a server";
        }
    }
}
