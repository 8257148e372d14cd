package io.muster.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.provider.HostKey;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeProviderContract;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on local nodes, and what only they can suffer. */
final class LocalNodeProviderIT extends NodeProviderContract {
    private static final ProcessId GONE = new ProcessId(1, 1);

    @TempDir
    Path temp;

    @Override
    protected NodeProvider provider() {
        return provider(LocalOptions.defaults());
    }

    private NodeProvider provider(LocalOptions options) {
        return new LocalNodeProvider(temp.resolve("local"), JavaLaunch.ofThisProcess(), options);
    }

    /** A host key that no server can read. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        HostKey damaged = new HostKey(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
                request.hostKey().publicKey());
        return new NodeRequest(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                request.cores(),
                request.memoryBytes(),
                request.image(),
                request.authorizedKey(),
                damaged,
                request.source());
    }

    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        NodeFolder folder = folder(request.name());
        Files.createDirectories(folder.path());
        NodeTags tags = new NodeTags(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                "00000000-half-made",
                0,
                request.hostKey().publicKey(),
                request.authorizedKey(),
                Instant.now(),
                GONE);
        folder.fill(tags, request.hostKey().privateKey());
    }

    private NodeFolder folder(String node) {
        return new NodeFolder(
                temp.toAbsolutePath().resolve("local").resolve(CLUSTER).resolve(node));
    }

    @AfterEach
    void no_process_and_no_folder_is_left() throws IOException {
        for (String cluster : List.of(CLUSTER, CLUSTER + "-2")) {
            provider().destroyAll(cluster);
        }
        assertThat(marked()).isEmpty();
        assertThat(hosts()).isEmpty();
        assertThat(temp.resolve("local").resolve(CLUSTER)).doesNotExist();
    }

    private List<MarkedProcesses.Marked> marked() throws IOException {
        return MarkedProcesses.find(MarkedProcesses.VARIABLE, mark -> mark.startsWith(temp.toString()));
    }

    @Test
    void a_node_whose_process_is_killed_is_stopped_and_takes_all_with_it() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        provider().create(List.of(request));
        NodeTags tags = folder(request.name()).tags();
        ProcessBuilder detached = new ProcessBuilder("setsid", "sleep", "300");
        detached.environment()
                .put(
                        MarkedProcesses.VARIABLE,
                        MarkedProcesses.mark(folder(request.name()).path(), tags.id()));
        Process sleeper = detached.start();
        assertThat(SharedMemory.path(tags.id())).isDirectory();
        kill(request.name());
        await().atMost(Duration.ofSeconds(10)).until(() -> !sleeper.isAlive());
        await().atMost(Duration.ofSeconds(10)).until(() -> !Files.exists(SharedMemory.path(tags.id())));
        ProvidedNode node = provider().list(CLUSTER).getFirst();
        assertThat(node.state()).isInstanceOf(NodeState.Stopped.class);
        assertThat(provider().create(List.of(request))).hasOnlyElementsOfType(Created.class);
    }

    /** Processes that serve nodes of this test. */
    private List<Long> hosts() throws IOException {
        return MarkedProcesses.with(
                NodeHosts.VARIABLE, temp.toAbsolutePath().resolve("local").toString());
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void nodes_created_together_have_one_process_that_serves_them_and_die_alone_or_with_it() throws Exception {
        List<NodeRequest> requests = List.of(request(CLUSTER, 0), request(CLUSTER, 1), request(CLUSTER, 2));
        assertThat(provider().create(requests)).hasOnlyElementsOfType(Created.class);
        assertThat(hosts()).hasSize(1);
        kill(requests.get(1).name());
        await().until(() -> running().equals(List.of(CLUSTER + "-0", CLUSTER + "-2")));
        assertThat(provider().destroy(CLUSTER, List.of(CLUSTER + "-0", CLUSTER + "-1")))
                .isEmpty();
        assertThat(hosts()).hasSize(1);
        ProcessHandle.of(hosts().getFirst()).orElseThrow().destroyForcibly();
        await().until(() -> running().isEmpty());
        await().until(() -> marked().isEmpty());
    }

    private List<String> running() throws ProviderException {
        return provider().list(CLUSTER).stream()
                .filter(ProvidedNode::isRunning)
                .map(ProvidedNode::name)
                .toList();
    }

    @Test
    void a_process_that_serves_nodes_and_hangs_is_killed_with_the_last_of_them() throws Exception {
        provider().create(List.of(request(CLUSTER, 0)));
        signal("STOP", hosts().getFirst());
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        await().until(() -> hosts().isEmpty());
    }

    private void kill(String node) throws IOException {
        long pid = folder(node).listening().orElseThrow().process().pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Test
    void a_node_whose_folder_is_deleted_is_listed_until_it_ends_by_itself() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        provider().create(List.of(request));
        String id = folder(request.name()).tags().id();
        // Held, so that it cannot end before it is listed.
        long node = hosts().getFirst();
        signal("STOP", node);
        try {
            FolderTree.delete(temp.resolve("local").resolve(CLUSTER));
            assertThat(provider().listAll()).extracting(ProvidedNode::name).containsExactly(request.name());
        } finally {
            signal("CONT", node);
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> marked().isEmpty());
        await().atMost(Duration.ofSeconds(15)).until(() -> !Files.exists(SharedMemory.path(id)));
    }

    @Test
    void a_process_number_taken_by_another_process_is_not_the_node() throws Exception {
        NodeRequest request = request(CLUSTER, 0);
        leaveHalfMade(request);
        ProcessId self = ProcessId.ofThisProcess();
        folder(request.name()).writeListening(new NodeFolder.Listening(new ProcessId(self.pid(), 1), 22));
        assertThat(provider().list(CLUSTER)).noneMatch(ProvidedNode::isRunning);
        folder(request.name()).writeListening(new NodeFolder.Listening(self, 22));
        assertThat(provider().list(CLUSTER)).noneMatch(ProvidedNode::isRunning);
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
    }

    @Test
    void folders_of_killed_managers_and_damaged_tags_are_removed() throws Exception {
        Path cluster = temp.resolve("local").resolve(CLUSTER);
        Files.createDirectories(cluster.resolve(".new-1@1-x").resolve("home"));
        Files.createDirectories(cluster.resolve(".old-1@1-x").resolve("home"));
        Files.createDirectories(cluster.resolve(CLUSTER + "-7"));
        assertThat(provider().list(CLUSTER)).extracting(ProvidedNode::name).containsExactly(CLUSTER + "-7");
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(cluster).doesNotExist();
    }

    @Test
    void a_port_in_use_is_said() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalOptions options = new LocalOptions(taken.getLocalPort(), Duration.ofSeconds(30));
            Failed failed = (Failed)
                    provider(options).create(List.of(request(CLUSTER, 0))).getFirst();
            assertThat(failed.reason()).contains("port " + taken.getLocalPort()).contains("in use");
        }
    }

    @Test
    void a_root_that_is_no_folder_is_said() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "x");
        NodeProvider provider = new LocalNodeProvider(file, JavaLaunch.ofThisProcess(), LocalOptions.defaults());
        Failed failed = (Failed) provider.create(List.of(request(CLUSTER, 0))).getFirst();
        assertThat(failed.reason()).contains(file.toString()).contains("MUSTER_HOME");
    }
}
