package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeProviderContract;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.Resource;
import io.muster.provider.cloud.openstack.OpenStackCloud;
import io.muster.spec.AddressChoice;
import io.muster.spec.CloudSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the OpenStack that OS_* names, which has an image of Debian 12 and a flavor for one core. */
@ExtendWith(NeedsOpenStack.class)
final class OpenStackNodeProviderIT extends NodeProviderContract {
    private static final String OWNER = "tester";
    /** Servers may be emulated there. */
    private static final WaitLimits LONG = new WaitLimits(
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            5,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(5));

    private static final CloudSpec WHERE = new CloudSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            AddressChoice.PRIVATE,
            Optional.empty(),
            true);

    @TempDir
    Path temp;

    private OpenStackCloud openStack() {
        return new OpenStackCloud(System.getenv(), temp);
    }

    @Override
    protected NodeProvider provider() {
        return cloudProvider();
    }

    private CloudNodeProvider cloudProvider() {
        return new CloudNodeProvider(openStack(), OWNER, temp.resolve("places"), LONG);
    }

    /** The smallest flavors that are enough. */
    @Override
    protected NodeSource source() {
        return source(List.of());
    }

    private static NodeSource source(List<String> types) {
        return new NodeSource.InCloud(WHERE, types, false, OptionalLong.empty(), Optional.empty());
    }

    /** A flavor that there is not. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        return from(request, request.image(), source(List.of("m1.enormous")));
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

    /** Launched, and its SSH server not awaited. */
    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        try (CloudRegion region = openStack().connect(openStack().place(WHERE))) {
            ClusterPieces pieces = region.prepare(new ClusterResources(
                    ClusterResources.nameOf(OWNER, request.cluster()),
                    WHERE,
                    request.authorizedKey(),
                    List.of(),
                    NodeTags.ofCluster(OWNER, request.cluster())));
            Launch launch = new Launch(
                    request.name(),
                    "token",
                    Sizes.fitting(region.offers(), request).getFirst(),
                    region.image("debian-12"),
                    FirstBoot.of(request, Optional.empty()),
                    NodeTags.ofNode(OWNER, request, AddressChoice.PRIVATE, Instant.now()),
                    pieces,
                    WHERE,
                    OptionalLong.empty(),
                    Launch.Billing.ON_DEMAND);
            String id = region.launch(launch);
            assertThat(region.launch(launch)).isEqualTo(id);
        } catch (CloudFailure e) {
            throw new IOException(e);
        }
    }

    @Test
    void everything_of_a_cluster_is_found_by_its_owner_and_goes() throws Exception {
        leaveHalfMade(request(CLUSTER, 0));
        CloudNodeProvider stranger = new CloudNodeProvider(openStack(), OWNER, temp.resolve("other"), LONG);
        List<Resource> resources = stranger.resources();
        assertThat(resources)
                .extracting(Resource::kind)
                .containsExactlyInAnyOrder("instance", "security-group", "key-pair", "placement-group");
        assertThat(resources).extracting(Resource::cluster).containsOnly(Optional.of(CLUSTER));
        assertThat(stranger.reclaim(resources)).isEmpty();
        assertThat(stranger.resources()).isEmpty();
    }

    @Test
    void an_image_that_is_nowhere_is_named_with_those_that_there_are() {
        NodeRequest request = request(CLUSTER, 0);
        NodeOutcome outcome = provider()
                .create(List.of(from(request, Optional.of("plan-9"), request.source())))
                .getFirst();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason()).contains("no image plan-9 there", "Name one of: "));
    }
}
