package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeProviderContract;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.Resource;
import io.muster.provider.cloud.azure.AzureCloud;
import io.muster.provider.cloud.standin.AzureStandIn;
import io.muster.provider.cloud.standin.CallFault;
import io.muster.provider.cloud.standin.NeedsContainers;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The contract on Azure, and what only it can suffer. */
@ExtendWith(NeedsContainers.class)
final class AzureNodeProviderIT extends NodeProviderContract {
    private static final String OWNER = "tester";
    private static final String SIZE = "Standard_D2as_v5";
    private static final WaitLimits QUICK = new WaitLimits(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            5,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(120),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60));

    private static AzureStandIn cloud;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        cloud = AzureStandIn.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** Every request was one that the REST reference allows, and none came too early. */
    @AfterEach
    void nothing_was_asked_wrongly() {
        assertThat(cloud.avoidable()).isEmpty();
    }

    private static AzureCloud azure() {
        return new AzureCloud(cloud.environment());
    }

    @Override
    protected NodeProvider provider() {
        return cloudProvider("places");
    }

    private CloudNodeProvider cloudProvider(String memory) {
        return new CloudNodeProvider(azure(), OWNER, temp.resolve(memory), QUICK);
    }

    @Override
    protected NodeSource source() {
        return source(List.of(SIZE), Optional.empty());
    }

    private static NodeSource.InCloud source(List<String> types, Optional<Instant> endsAt) {
        return new NodeSource.InCloud(
                where(Optional.of(cloud.subnet()), AddressChoice.PRIVATE, false),
                types,
                false,
                OptionalLong.of(40L << 30),
                endsAt);
    }

    private static CloudSpec where(Optional<String> subnet, AddressChoice address, boolean placement) {
        return new CloudSpec(
                Optional.of(cloud.region()),
                Optional.empty(),
                Optional.empty(),
                subnet,
                address,
                Optional.empty(),
                placement);
    }

    /** A size that there is not. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        return from(request, request.image(), source(List.of("Standard_Enormous"), Optional.empty()));
    }

    private static NodeRequest from(NodeRequest request, Optional<String> image, NodeSource source) {
        return new NodeRequest(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                request.cores(),
                request.memoryBytes(),
                image,
                request.authorizedKey(),
                request.hostKey(),
                source);
    }

    private static ClusterResources resources(NodeRequest request, CloudSpec where) {
        return new ClusterResources(
                ClusterResources.nameOf(OWNER, request.cluster()),
                where,
                request.authorizedKey(),
                List.of("192.0.2.7/32"),
                NodeTags.ofCluster(OWNER, request.cluster()));
    }

    private static Launch launch(
            NodeRequest request, CloudSpec where, ClusterPieces pieces, String image, Launch.Billing billing) {
        return new Launch(
                request.name(),
                "0123456789abcdef",
                SIZE,
                image,
                FirstBoot.of(request, Optional.empty()),
                NodeTags.ofNode(OWNER, request, where.address(), Instant.now()),
                pieces,
                where,
                OptionalLong.empty(),
                billing);
    }

    /** Launched, and its SSH server not awaited. */
    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        CloudSpec where = where(Optional.of(cloud.subnet()), AddressChoice.PRIVATE, false);
        try (CloudRegion region = azure().connect(azure().place(where))) {
            ClusterPieces pieces = region.prepare(resources(request, where));
            region.launch(launch(request, where, pieces, region.image("debian-12"), Launch.Billing.ON_DEMAND));
        } catch (CloudFailure e) {
            throw new IOException(e);
        }
    }

    private Created created(NodeRequest request) {
        return (Created) provider().create(List.of(request)).getFirst();
    }

    /** Azure has nothing that removes a machine which shuts itself down: it stays, stopped, and is found. */
    @Test
    void a_node_whose_lifetime_is_over_is_stopped_and_found() throws Exception {
        NodeRequest request = from(
                request(CLUSTER, 0),
                Optional.of("ubuntu-24.04"),
                source(List.of(SIZE), Optional.of(Instant.now().plusSeconds(65))));
        assertThat(provider().create(List.of(request))).hasOnlyElementsOfType(Created.class);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(provider().list(CLUSTER))
                        .singleElement()
                        .extracting(ProvidedNode::state)
                        .isInstanceOf(NodeState.Stopped.class));
        assertThat(cloudProvider("other").resources())
                .extracting(Resource::kind)
                .contains("instance");
    }

    @Test
    void everything_of_a_cluster_is_found_by_its_owner_and_goes() throws Exception {
        created(request(CLUSTER, 0));
        CloudNodeProvider stranger = cloudProvider("other");
        List<Resource> resources = stranger.resources();
        assertThat(resources)
                .extracting(Resource::kind)
                .containsExactly("instance", "security-group", "application-security-group", "resource-group");
        assertThat(resources).extracting(Resource::cluster).containsOnly(Optional.of(CLUSTER));
        assertThat(resources).extracting(Resource::createdAt).doesNotContain(Optional.empty());
        for (JsonNode one : cloud.resources("")) {
            assertThat(one.path("tags").path("muster-owner").asString(""))
                    .as(one.toString())
                    .isEqualTo(OWNER);
        }
        assertThat(stranger.reclaim(resources)).isEmpty();
        assertThat(stranger.resources()).isEmpty();
        assertThat(cloud.resources("")).isEmpty();
    }

    @Test
    void a_machine_that_is_deallocated_is_a_node_that_died_and_comes_again() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        ProvidedNode first = created(request).provided();
        cloud.deallocate(first.providerId().replaceFirst("^.*/", ""));
        assertThat(provider().list(CLUSTER)).singleElement().matches(node -> !node.isRunning());
        ProvidedNode again = created(request).provided();
        assertThat(provider().list(CLUSTER)).containsExactly(again);
    }

    @Test
    void a_network_of_its_own_with_public_addresses_spot_and_placement_goes_with_the_cluster() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        CloudSpec where = where(Optional.empty(), AddressChoice.PUBLIC, true);
        Map<String, String> tags = NodeTags.ofCluster(OWNER, CLUSTER);
        try (CloudRegion region = azure().connect(azure().place(where))) {
            ClusterPieces pieces = region.prepare(resources(request, where));
            Launch launch = launch(request, where, pieces, region.image("debian-12"), Launch.Billing.SPOT);
            String id = region.launch(launch);
            assertThat(region.launch(launch)).isEqualTo(id);
            await().until(() -> region.instances(tags).getFirst().phase() == Instance.Phase.RUNNING);
            Instance running = region.instances(tags).getFirst();
            assertThat(running.publicAddress().orElseThrow()).startsWith("203.0.113.");
            JsonNode machine = cloud.resources("Microsoft.Compute/virtualMachines")
                    .getFirst()
                    .path("properties");
            assertThat(machine.path("evictionPolicy").asString("")).isEqualTo("Delete");
            assertThat(machine.path("proximityPlacementGroup").path("id").asString(""))
                    .isNotEmpty();
            JsonNode rules =
                    cloud.resources("Microsoft.Network/networkSecurityGroups").getFirst();
            assertThat(rules.toString()).contains("192.0.2.7/32").doesNotContain("VirtualNetwork");
            assertThat(region.pieces(tags))
                    .extracting(Piece::kind)
                    .containsExactly(
                            "placement-group",
                            "security-group",
                            "application-security-group",
                            "network",
                            "resource-group");
            region.terminate(List.of(id));
            await().until(() -> region.instances(tags).isEmpty());
            assertThat(cloud.resources("Microsoft.Network/publicIPAddresses")).isEmpty();
        }
    }

    /** As a manager leaves it that dies before the last call of a launch. */
    @Test
    void parts_without_a_machine_are_a_node_that_does_not_run_and_go_like_one() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        CloudSpec where = where(Optional.empty(), AddressChoice.PUBLIC, false);
        try (CloudRegion region = azure().connect(azure().place(where))) {
            ClusterPieces pieces = region.prepare(resources(request, where));
            Launch launch = launch(request, where, pieces, region.image("debian-12"), Launch.Billing.ON_DEMAND);
            cloud.play((_, path, _, _) ->
                    path.contains("/virtualMachines/") ? new CallFault.Gone() : new CallFault.None());
            assertThatThrownBy(() -> region.launch(launch)).isInstanceOf(CloudFailure.class);
        } finally {
            cloud.play((_, _, _, _) -> new CallFault.None());
        }
        assertThat(provider().list(CLUSTER))
                .singleElement()
                .satisfies(node -> assertThat(node.name()).isEqualTo(request.name()))
                .extracting(ProvidedNode::state)
                .isInstanceOf(NodeState.Stopped.class);
        assertThat(provider().destroy(CLUSTER, List.of(request.name()))).isEmpty();
        assertThat(cloud.resources("Microsoft.Network/networkInterfaces")).isEmpty();
        assertThat(cloud.resources("Microsoft.Network/publicIPAddresses")).isEmpty();
    }

    @Test
    void images_that_are_nowhere_or_not_bought_are_named() {
        NodeRequest request = request(CLUSTER, 0);
        Failed absent = (Failed) provider()
                .create(List.of(from(request, Optional.of("Nobody:nothing:none:latest"), source())))
                .getFirst();
        assertThat(absent.reason()).contains("no image Nobody:nothing:none:latest", "az vm image list");
        Failed terms = (Failed) provider()
                .create(List.of(from(request, Optional.of("rocky-9"), source())))
                .getFirst();
        assertThat(terms.reason()).contains("az vm image terms accept");
    }
}
