package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.muster.provider.cloud.google.GoogleCloud;
import io.muster.provider.cloud.standin.GceStandIn;
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

/** The contract on Google Compute Engine, and what only it can suffer. */
@ExtendWith(NeedsContainers.class)
final class GoogleNodeProviderIT extends NodeProviderContract {
    private static final String OWNER = "tester";
    private static final String TYPE = "e2-standard-2";
    private static final WaitLimits QUICK = new WaitLimits(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            5,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(120),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60));

    private static GceStandIn cloud;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        cloud = GceStandIn.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** Every request was one that the REST reference allows, and nothing is left of anything. */
    @AfterEach
    void nothing_was_asked_wrongly() {
        assertThat(cloud.avoidable()).isEmpty();
    }

    @Override
    protected void alsoNothingIsLeft() {
        assertThat(cloud.resources("")).isEmpty();
    }

    private static GoogleCloud google() {
        return new GoogleCloud(cloud.environment());
    }

    @Override
    protected NodeProvider provider() {
        return cloudProvider("places");
    }

    private CloudNodeProvider cloudProvider(String memory) {
        return new CloudNodeProvider(google(), OWNER, temp.resolve(memory), QUICK);
    }

    @Override
    protected NodeSource source() {
        return source(List.of(TYPE), Optional.empty());
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

    /** A machine type that there is not. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        return from(request, request.image(), source(List.of("n9-enormous-7"), Optional.empty()));
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

    private static ClusterResources resources(NodeRequest request, CloudSpec where, String sshFrom) {
        return new ClusterResources(
                ClusterResources.nameOf(OWNER, request.cluster()),
                where,
                request.authorizedKey(),
                List.of(sshFrom),
                NodeTags.ofCluster(OWNER, request.cluster()));
    }

    private static Launch launch(
            NodeRequest request,
            CloudSpec where,
            ClusterPieces pieces,
            String type,
            Optional<Instant> endsAt,
            Launch.Billing billing)
            throws CloudFailure {
        try (CloudRegion region = google().connect(google().place(where))) {
            return new Launch(
                    request.name(),
                    "0123456789abcdef",
                    type,
                    region.image("debian-12"),
                    FirstBoot.of(request, endsAt),
                    NodeTags.ofNode(OWNER, request, where.address(), Instant.now()),
                    pieces,
                    where,
                    OptionalLong.empty(),
                    billing);
        }
    }

    /** Launched, and its SSH server not awaited. */
    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        CloudSpec where = where(Optional.of(cloud.subnet()), AddressChoice.PRIVATE, false);
        try (CloudRegion region = google().connect(google().place(where))) {
            ClusterPieces pieces = region.prepare(resources(request, where, "192.0.2.7/32"));
            region.launch(launch(request, where, pieces, TYPE, Optional.empty(), Launch.Billing.ON_DEMAND));
        } catch (CloudFailure e) {
            throw new IOException(e);
        }
    }

    private Created created(NodeRequest request) {
        return (Created) provider().create(List.of(request)).getFirst();
    }

    private static String machine(ProvidedNode node) {
        return node.providerId().replaceFirst("^.*/", "");
    }

    /** The image's own host keys were there before; a node that is ready shows none of them. */
    @Test
    void the_boot_script_has_done_its_work_before_a_node_is_ready() {
        NodeRequest request = request(CLUSTER, 0);
        String machine = machine(created(request).provided());
        assertThat(GceStandIn.file(machine, "/etc/ssh/ssh_host_ed25519_key.pub"))
                .isEqualTo(request.hostKey().publicKey());
        assertThat(GceStandIn.file(machine, "/etc/ssh/sshd_config.d/00-muster.conf"))
                .contains("HostKey /etc/ssh/ssh_host_ed25519_key", "PasswordAuthentication no");
        assertThat(GceStandIn.file(machine, "/home/muster/.ssh/authorized_keys"))
                .isEqualTo(request.authorizedKey());
        assertThat(GceStandIn.file(machine, "/etc/sudoers.d/90-muster")).contains("NOPASSWD");
    }

    /** First it shuts itself down, then Google removes it, though nobody asks for that. */
    @Test
    void a_node_whose_lifetime_is_over_stops_and_goes_by_itself() {
        NodeRequest request = from(
                request(CLUSTER, 0),
                Optional.of("ubuntu-24.04"),
                source(List.of(TYPE), Optional.of(Instant.now().plusSeconds(65))));
        assertThat(provider().create(List.of(request))).hasOnlyElementsOfType(Created.class);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(provider().list(CLUSTER))
                        .singleElement()
                        .extracting(ProvidedNode::state)
                        .isInstanceOf(NodeState.Stopped.class));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> provider().list(CLUSTER).isEmpty());
        assertThat(cloud.resources("disks")).isEmpty();
    }

    @Test
    void everything_of_a_cluster_is_found_by_its_owner_and_goes() throws Exception {
        String machine = machine(created(request(CLUSTER, 0)).provided());
        for (JsonNode one : cloud.resources("")) {
            assertThat(one.path("labels").path("muster-owner").asString("") + one.path("description"))
                    .as(one.toString())
                    .contains(OWNER);
        }
        cloud.keepDisk(machine);
        assertThat(provider().destroy(CLUSTER, List.of(CLUSTER + "-0"))).isEmpty();
        CloudNodeProvider stranger = cloudProvider("other");
        List<Resource> resources = stranger.resources();
        assertThat(resources)
                .extracting(Resource::kind)
                .containsExactly("volume", "firewall-rule", "firewall-rule", "firewall-rule");
        assertThat(resources).extracting(Resource::cluster).containsOnly(Optional.of(CLUSTER));
        assertThat(resources).extracting(Resource::createdAt).doesNotContain(Optional.empty());
        assertThat(stranger.reclaim(resources)).isEmpty();
        assertThat(stranger.resources()).isEmpty();
        assertThat(cloud.resources("")).isEmpty();
    }

    @Test
    void a_machine_that_is_stopped_is_a_node_that_died_and_comes_again() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        ProvidedNode first = created(request).provided();
        cloud.stop(machine(first));
        await().until(() -> provider().list(CLUSTER).stream().noneMatch(ProvidedNode::isRunning));
        ProvidedNode again = created(request).provided();
        assertThat(provider().list(CLUSTER)).containsExactly(again);
    }

    @Test
    void spot_placement_and_public_addresses_are_of_the_machine_and_the_rules_follow_the_manager() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        CloudSpec where = where(Optional.empty(), AddressChoice.PUBLIC, true);
        Map<String, String> tags = NodeTags.ofCluster(OWNER, CLUSTER);
        try (CloudRegion region = google().connect(google().place(where))) {
            region.prepare(resources(request, where, "192.0.2.1/32"));
            ClusterPieces pieces = region.prepare(resources(request, where, "192.0.2.7/32"));
            assertThat(cloud.resources("firewalls").toString())
                    .contains("192.0.2.7/32")
                    .doesNotContain("192.0.2.1/32");
            Instant end = Instant.now().plusSeconds(3_600);
            Launch launch = launch(request, where, pieces, "c2-standard-4", Optional.of(end), Launch.Billing.SPOT);
            String id = region.launch(launch);
            // The first zone of the region does not have that type.
            assertThat(id).startsWith("europe-west4-b/");
            assertThat(region.launch(launch)).isEqualTo(id);
            await().until(() -> region.instances(tags).getFirst().phase() == Instance.Phase.RUNNING);
            assertThat(region.instances(tags).getFirst().publicAddress().orElseThrow())
                    .startsWith("203.0.113.");
            JsonNode machine = cloud.resources("instances").getFirst();
            JsonNode scheduling = machine.path("scheduling");
            assertThat(scheduling.path("provisioningModel").asString("")).isEqualTo("SPOT");
            assertThat(scheduling.path("instanceTerminationAction").asString(""))
                    .isEqualTo("DELETE");
            assertThat(Long.parseLong(
                            scheduling.path("maxRunDuration").path("seconds").asString("")))
                    .isBetween(3_600L, 3_720L);
            assertThat(machine.path("resourcePolicies")).hasSize(1);
            assertThat(region.pieces(tags))
                    .extracting(Piece::kind)
                    .containsExactly("placement-group", "firewall-rule", "firewall-rule", "firewall-rule");
            region.terminate(List.of(id));
            await().until(() -> region.instances(tags).isEmpty());
        }
    }

    @Test
    void what_is_nowhere_is_named() {
        NodeRequest request = request(CLUSTER, 0);
        Failed image = (Failed) provider()
                .create(List.of(from(request, Optional.of("nobody/nothing"), source())))
                .getFirst();
        assertThat(image.reason()).contains("no image nobody/nothing", "gcloud compute images list");
        CloudSpec where = where(Optional.of("elsewhere"), AddressChoice.PRIVATE, false);
        Failed subnet = (Failed) provider()
                .create(List.of(from(
                        request,
                        request.image(),
                        new NodeSource.InCloud(where, List.of(TYPE), false, OptionalLong.empty(), Optional.empty()))))
                .getFirst();
        assertThat(subnet.reason()).contains("no subnet elsewhere");
    }
}
