package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeProviderContract;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.ProvidedNode;
import io.muster.provider.Resource;
import io.muster.provider.cloud.ec2.Ec2Cloud;
import io.muster.provider.cloud.standin.Ec2StandIn;
import io.muster.provider.cloud.standin.NeedsEc2StandIn;
import io.muster.spec.AddressChoice;
import io.muster.spec.CloudSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The contract on EC2, and what only it can suffer. */
@ExtendWith(NeedsEc2StandIn.class)
final class Ec2NodeProviderIT extends NodeProviderContract {
    private static final String OWNER = "tester";
    private static final WaitLimits QUICK = new WaitLimits(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            5,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(180),
            Duration.ofSeconds(180),
            Duration.ofSeconds(60));

    private static Ec2StandIn cloud;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        cloud = Ec2StandIn.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private Ec2Cloud ec2() {
        return new Ec2Cloud(
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "AKIDTEST",
                        "AWS_SECRET_ACCESS_KEY",
                        "secret",
                        "AWS_REGION",
                        cloud.region(),
                        "AWS_ENDPOINT_URL_EC2",
                        cloud.endpoint().toString()),
                temp);
    }

    @Override
    protected NodeProvider provider() {
        return cloudProvider();
    }

    private CloudNodeProvider cloudProvider() {
        return new CloudNodeProvider(ec2(), OWNER, temp.resolve("places"), QUICK);
    }

    @Override
    protected NodeSource source() {
        return source(List.of("t3.small"), Optional.empty());
    }

    private NodeSource.InCloud source(List<String> types, Optional<Instant> endsAt) {
        return new NodeSource.InCloud(where(), types, false, OptionalLong.of(20L << 30), endsAt);
    }

    private CloudSpec where() {
        return new CloudSpec(
                Optional.of(cloud.region()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cloud.subnet()),
                AddressChoice.PRIVATE,
                Optional.empty(),
                false);
    }

    /** A type that there is not. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        return from(request, source(List.of("t3.enormous"), Optional.empty()));
    }

    private static NodeRequest from(NodeRequest request, NodeSource source) {
        return new NodeRequest(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                request.cores(),
                request.memoryBytes(),
                request.image(),
                request.authorizedKey(),
                request.hostKey(),
                source);
    }

    /** Launched, and its SSH server not awaited. */
    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        try (CloudRegion region = ec2().connect(ec2().place(where()))) {
            ClusterPieces pieces = region.prepare(new ClusterResources(
                    ClusterResources.nameOf(OWNER, request.cluster()),
                    where(),
                    request.authorizedKey(),
                    List.of(),
                    NodeTags.ofCluster(OWNER, request.cluster())));
            region.launch(new Launch(
                    request.name(),
                    "token",
                    "t3.small",
                    region.image("debian-12"),
                    FirstBoot.of(request, Optional.empty()),
                    NodeTags.ofNode(OWNER, request, AddressChoice.PRIVATE, Instant.now()),
                    pieces,
                    where(),
                    OptionalLong.empty(),
                    Launch.Billing.ON_DEMAND));
        } catch (CloudFailure e) {
            throw new IOException(e);
        }
    }

    private Created created(NodeRequest request) {
        return (Created) provider().create(List.of(request)).getFirst();
    }

    @Test
    void a_node_ends_itself_when_its_lifetime_is_over() {
        NodeRequest request = from(
                request(CLUSTER, 0),
                source(List.of("t3.small"), Optional.of(Instant.now().plusSeconds(70))));
        assertThat(provider().create(List.of(request))).hasOnlyElementsOfType(Created.class);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(provider().list(CLUSTER)).isEmpty());
    }

    @Test
    void everything_of_a_cluster_is_found_by_its_owner_and_goes() throws Exception {
        created(request(CLUSTER, 0));
        CloudNodeProvider stranger = new CloudNodeProvider(ec2(), OWNER, temp.resolve("other"), QUICK);
        List<Resource> resources = stranger.resources();
        assertThat(resources)
                .extracting(Resource::kind)
                .containsExactlyInAnyOrder("instance", "security-group", "key-pair");
        assertThat(resources).extracting(Resource::cluster).containsOnly(Optional.of(CLUSTER));
        assertThat(resources.getFirst().pricePerHour()).isPresent();
        assertThat(stranger.reclaim(resources)).isEmpty();
        assertThat(stranger.resources()).isEmpty();
    }

    @Test
    void disks_are_tagged_and_go_with_their_instance() throws Exception {
        String id = created(request(CLUSTER, 0)).provided().providerId();
        String volumes = cloud.call(
                "DescribeVolumes", Map.of("Filter.1.Name", "attachment.instance-id", "Filter.1.Value.1", id));
        assertThat(volumes).contains("muster-owner", "<size>20</size>");
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(cloud.call(
                        "DescribeVolumes", Map.of("Filter.1.Name", "tag:muster-owner", "Filter.1.Value.1", OWNER)))
                .doesNotContain("<volumeId>");
    }

    @Test
    void ssh_is_let_in_from_inside_the_network_only_when_the_manager_is_there() throws Exception {
        created(request(CLUSTER, 0));
        String groups = cloud.call(
                "DescribeSecurityGroups", Map.of("Filter.1.Name", "tag:muster-cluster", "Filter.1.Value.1", CLUSTER));
        assertThat(groups).contains("<fromPort>22</fromPort>", "10.23.");
    }

    @Test
    void an_instance_that_is_stopped_is_a_node_that_died_and_comes_again() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        String id = created(request).provided().providerId();
        cloud.call("StopInstances", Map.of("InstanceId.1", id));
        assertThat(provider().list(CLUSTER)).singleElement().matches(node -> !node.isRunning());
        ProvidedNode again = created(request).provided();
        assertThat(again.providerId()).isNotEqualTo(id);
        assertThat(provider().list(CLUSTER)).containsExactly(again);
    }

    @Test
    void an_image_that_is_nowhere_is_named() {
        NodeRequest request = request(CLUSTER, 0);
        NodeRequest odd = new NodeRequest(
                request.cluster(),
                request.name(),
                0,
                1,
                1,
                0,
                Optional.of("rocky-9"),
                request.authorizedKey(),
                request.hostKey(),
                request.source());
        assertThat(provider().create(List.of(odd)).getFirst()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failed.reason()).contains("Rocky-9", "image: ami-");
        });
    }
}
