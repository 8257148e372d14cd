package io.muster.bootstrap.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.muster.agent.BundleServer;
import io.muster.bootstrap.TestBundle;
import io.muster.bootstrap.TestNode;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.ssh.SshSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
final class SpreadIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

    @TempDir
    Path temp;

    private final List<TestNode> nodes = new ArrayList<>();
    private final List<SshSession> sessions = new ArrayList<>();
    private final List<TestNode> corrupted = new ArrayList<>();
    private ClusterKeys keys;
    private Bundle bundle;
    private Spread spread;

    @BeforeEach
    void start() throws Exception {
        keys = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        bundle = TestBundle.make(temp);
        spread = new Spread(bundle, new Semaphore(8), 8, SOON);
    }

    @AfterEach
    void every_node_is_complete_and_nothing_is_left() throws Exception {
        spread.close();
        assertNothingIsLeft();
        for (TestNode node : nodes) {
            if (!corrupted.contains(node)) {
                assertComplete(node);
            }
        }
        sessions.forEach(SshSession::close);
        for (TestNode node : nodes) {
            node.close();
        }
    }

    @Test
    void most_nodes_get_it_from_other_nodes() throws Exception {
        List<Callable<PushResult>> deliveries = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            TestNode node = add("heat-" + i);
            deliveries.add(() -> deliver(node));
        }
        List<PushResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<PushResult> result : threads.invokeAll(deliveries)) {
                results.add(result.get());
            }
        }
        assertThat(results).filteredOn(PushResult.Sent.class::isInstance).hasSize(SourceChoice.SEEDS);
        assertThat(results).filteredOn(PushResult.Fetched.class::isInstance).hasSize(nodes.size() - SourceChoice.SEEDS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SLOW")
    void a_source_that_does_not_give_is_left_for_another(FalseServer.Vice vice) throws Exception {
        TestNode bad = add("heat-1");
        assertThat(deliver(bad)).isInstanceOf(PushResult.Sent.class);
        corrupt(bad, vice);
        TestNode two = add("heat-2");
        assertThat(deliver(two)).isInstanceOf(PushResult.Sent.class);
        TestNode three = add("heat-3");
        assertThat(deliver(three)).isEqualTo(new PushResult.Fetched(bundle.sizeBytes(), "heat-2"));
    }

    @Test
    void a_source_that_is_slower_than_others_were_is_left_for_another() throws Exception {
        deliver(add("heat-1"));
        TestNode slow = add("heat-2");
        assertThat(deliver(slow)).isEqualTo(new PushResult.Fetched(bundle.sizeBytes(), "heat-1"));
        corrupt(slow, FalseServer.Vice.SLOW);
        // It has given less than the other, so it is asked first.
        assertThat(deliver(add("heat-3"))).isEqualTo(new PushResult.Fetched(bundle.sizeBytes(), "heat-1"));
    }

    @Test
    void a_source_that_has_died_is_left_for_another() throws Exception {
        TestNode dead = add("heat-1");
        assertThat(deliver(dead)).isInstanceOf(PushResult.Sent.class);
        assertThat(deliver(add("heat-2"))).isEqualTo(new PushResult.Fetched(bundle.sizeBytes(), "heat-1"));
        servers().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> servers().isEmpty());
        sessions.getFirst().close();
        TestNode three = add("heat-3");
        assertThat(deliver(three)).isEqualTo(new PushResult.Fetched(bundle.sizeBytes(), "heat-2"));
    }

    @Test
    void a_node_without_the_tools_gets_it_from_the_manager() throws Exception {
        assumeThat(BUSYBOX).as("busybox on this machine").exists();
        Path tools = Files.createDirectories(temp.resolve("tools"));
        new ProcessBuilder(BUSYBOX.toString(), "--install", "-s", tools.toString())
                .start()
                .waitFor();
        Files.deleteIfExists(tools.resolve("bash"));
        deliver(add("heat-1"));
        TestNode bare = TestNode.start("heat-2", temp, keys, tools.toString());
        nodes.add(bare);
        assertThat(deliver(bare)).isInstanceOf(PushResult.Sent.class);
    }

    @Test
    void who_has_it_gets_nothing() throws Exception {
        TestNode node = add("heat-1");
        deliver(node);
        assertThat(deliver(node)).isInstanceOf(PushResult.AlreadyThere.class);
    }

    private TestNode add(String name) throws Exception {
        TestNode node = TestNode.start(name, temp, keys);
        nodes.add(node);
        return node;
    }

    private PushResult deliver(TestNode node) throws Exception {
        SshSession session = SshSession.open(node.target(), SOON);
        synchronized (sessions) {
            sessions.add(session);
        }
        return spread.deliver(session, "127.0.0.1", SOON, sent -> {});
    }

    private void assertComplete(TestNode node) throws Exception {
        try (SshSession session = SshSession.open(node.target(), SOON)) {
            assertThat(NodeCopy.look(session, bundle, BundlePush.Transfer.PLAIN, SOON)
                            .whole())
                    .as("the copy of " + node.home())
                    .isTrue();
        }
    }

    /** The node's Java starts another server from now on. */
    private void corrupt(TestNode node, FalseServer.Vice vice) throws IOException {
        corrupted.add(node);
        Path java = node.home().resolve(bundle.homePath()).resolve("runtime/bin/java");
        Files.delete(java);
        Files.writeString(
                java,
                "#!/bin/sh\nexec " + System.getProperty("java.home") + "/bin/java -cp '"
                        + System.getProperty("java.class.path") + "' " + FalseServer.class.getName() + " " + vice
                        + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private void assertNothingIsLeft() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(servers()).isEmpty();
            for (TestNode node : nodes) {
                assertThat(node.home().resolve(".muster/node/bundles")).isDirectoryNotContaining("glob:**.archive-*");
                assertThat(node.home().resolve(".muster/node/bundles")).isDirectoryNotContaining("glob:**.partial-*");
            }
        });
    }

    private static List<ProcessHandle> servers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(BundleServer.class.getName())
                                || line.contains(FalseServer.class.getName()))
                        .orElse(false))
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
    }
}
