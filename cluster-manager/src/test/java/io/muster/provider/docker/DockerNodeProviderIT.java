package io.muster.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import io.muster.provider.FailureKind;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeProviderContract;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on containers, and what only they can suffer. */
@ExtendWith(NeedsDocker.class)
final class DockerNodeProviderIT extends NodeProviderContract {
    private static final String OWNER = "test-" + UUID.randomUUID().toString().substring(0, 8);

    private final DockerEngine engine = new DockerEngine();

    @Override
    protected NodeProvider provider() {
        return new DockerNodeProvider(OWNER);
    }

    /** Less memory than the engine lets a container have. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        return withMemory(request, 1);
    }

    private static NodeRequest withMemory(NodeRequest request, long bytes) {
        return new NodeRequest(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                request.cores(),
                bytes,
                request.image(),
                request.authorizedKey(),
                request.hostKey(),
                request.source());
    }

    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        try {
            DockerEngine.Connection connection = engine.connect();
            String image = NodeImage.ensure(connection.client(), Optional.empty());
            String network = new ClusterNetwork(connection.client(), OWNER).ensure(request.cluster());
            new ContainerCreation(connection, OWNER).make(request, image, network);
        } catch (ProviderException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void cores_and_memory_are_limited() throws Exception {
        NodeRequest request = withMemory(request(CLUSTER, 0), 256L << 20);
        String id = created(request).providerId();
        var limits =
                Objects.requireNonNull(client().inspectContainerCmd(id).exec().getHostConfig());
        assertThat(limits.getMemory()).isEqualTo(256L << 20);
        assertThat(limits.getNanoCPUs()).isEqualTo(1_000_000_000L);
    }

    @Test
    void a_container_that_dies_is_a_node_that_died_and_comes_again() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        String id = created(request).providerId();
        client().killContainerCmd(id).exec();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(provider().list(CLUSTER))
                        .singleElement()
                        .satisfies(node -> assertThat(node.state())
                                .isInstanceOfSatisfying(
                                        NodeState.Stopped.class,
                                        stopped -> assertThat(stopped.reason()).contains("exited"))));
        assertThat(created(request).providerId()).isNotEqualTo(id);
    }

    @Test
    void the_network_goes_with_the_cluster() throws Exception {
        created(request(CLUSTER, 0));
        ClusterNetwork network = new ClusterNetwork(client(), OWNER);
        assertThat(network.ids(CLUSTER)).hasSize(1);
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(network.ids(CLUSTER)).isEmpty();
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
                Optional.of("127.0.0.1:1/there-is-no-such-image"),
                request.authorizedKey(),
                request.hostKey(),
                request.source());
        assertThat(provider().create(List.of(odd)).getFirst()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failed.reason()).contains("there-is-no-such-image", "muster image import");
        });
    }

    @Test
    void a_root_file_system_becomes_an_image_and_something_else_does_not() throws Exception {
        DockerEngine.Connection connection = engine.connect();
        String image = "muster-" + OWNER + ":latest";
        byte[] archive = TarBytes.of(Map.of("etc-hostname", new byte[] {'x'}), TarBytes.READABLE);
        NodeImage.importBase(connection, image, new ByteArrayInputStream(archive));
        assertThat(client().inspectImageCmd(image).exec().getId()).startsWith("sha256:");
        client().removeImageCmd(image).exec();
        assertThatThrownBy(() -> NodeImage.importBase(
                        connection, image, new ByteArrayInputStream("no archive".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("must be a tar archive");
    }

    private ProvidedNode created(NodeRequest request) {
        return ((Created) provider().create(List.of(request)).getFirst()).provided();
    }

    private DockerClient client() throws ProviderException {
        return engine.connect().client();
    }
}
