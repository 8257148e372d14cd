package io.muster.bootstrap.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.muster.bootstrap.AgentLink;
import io.muster.bootstrap.BootstrapPlan;
import io.muster.bootstrap.Bootstrapper;
import io.muster.bootstrap.NodeReport;
import io.muster.bootstrap.StepListener;
import io.muster.bootstrap.TestBundle;
import io.muster.bootstrap.TestNode;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.ssh.SshTarget;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real SSH server, real agent of the bootstrap's tests, a master in a thread in place of a process. */
@Timeout(120)
final class ConnectionMasterIT {
    private static final Duration LOGIN = Duration.ofSeconds(10);

    private static final Companion ALONE = new Companion() {
        @Override
        public void start() {}

        @Override
        public boolean isBusy() {
            return false;
        }

        @Override
        public void close() {}
    };

    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private static ClusterKeys keys;
    private static TestNode node;
    private static int port;

    private AgentPlace place;
    private MasterClient client;
    private Thread master = Thread.ofPlatform().unstarted(() -> {});

    @BeforeAll
    static void bootstrap() throws Exception {
        keys = ClusterKeys.loadOrCreate(shared.resolve("keys"));
        node = TestNode.start("heat-1", shared, keys);
        NodeReport report = new Bootstrapper()
                .run(
                        BootstrapPlan.of("heat", List.of(node.node(0)), TestBundle.make(shared), keys),
                        StepListener.SILENT)
                .getFirst();
        port = report.agentPort().orElseThrow();
    }

    @BeforeEach
    void start() throws Exception {
        Path identity = Files.createDirectory(temp.resolve("identity"));
        Files.copy(keys.tls().certificateFile(), identity.resolve(ClusterIdentity.CERTIFICATE_FILE));
        Files.copy(keys.tls().keyFile(), identity.resolve(ClusterIdentity.KEY_FILE));
        place = AgentPlace.of(node.target(), "127.0.0.1", identity);
        client = new MasterClient(temp.resolve("master"));
    }

    @AfterEach
    void stop() throws Exception {
        master.interrupt();
        master.join();
        await().until(() -> node.sessions() == 0);
    }

    @AfterAll
    static void close() throws Exception {
        node.close();
    }

    private void serve(Duration idle, List<MasterRequest.Connect> first) {
        ConnectionMaster served = new ConnectionMaster(client.socket(), idle, ALONE);
        master = Thread.ofPlatform().start(() -> {
            try {
                served.serve(first);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                served.release();
            }
        });
        await().until(() -> client.isThere());
    }

    private AgentLink link() throws IOException {
        return client.link(place, port, LOGIN).orElseThrow();
    }

    @Test
    void commands_that_follow_each_other_share_one_session() throws Exception {
        assertThat(client.link(place, port, LOGIN)).as("no master yet").isEmpty();
        serve(Duration.ofMinutes(5), List.of());
        for (int command = 0; command < 3; command++) {
            try (AgentLink link = link()) {
                assertThat(link.agent().describe().node()).isEqualTo("heat-1");
            }
            assertThat(node.sessions()).isEqualTo(1);
        }
    }

    @Test
    void nodes_that_are_known_from_the_start_are_logged_in_to_before_anybody_asks() {
        serve(Duration.ofMinutes(5), List.of(new MasterRequest.Connect(place, port, LOGIN)));
        await().until(() -> node.sessions() == 1);
    }

    @Test
    void a_session_that_breaks_is_made_anew() throws Exception {
        serve(Duration.ofMinutes(5), List.of());
        link().close();
        node.cutSessions();
        try (AgentLink link = link()) {
            assertThat(link.agent().describe().node()).isEqualTo("heat-1");
        }
    }

    @Test
    void a_command_that_loses_patience_does_not_cut_off_others() throws Exception {
        serve(Duration.ofMinutes(5), List.of());
        try (AgentLink other = link()) {
            signal("STOP");
            FutureTask<AgentLink> impatient = new FutureTask<>(
                    () -> client.link(place, port, Duration.ofSeconds(1)).orElseThrow());
            Thread.ofVirtual().start(impatient);
            try {
                await().until(() -> node.sessions() == 2);
            } finally {
                signal("CONT");
            }
            assertThat(other.agent().describe().node()).isEqualTo("heat-1");
            impatient.get().close();
        }
        await().until(() -> node.sessions() == 1);
    }

    private static void signal(String name) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(node.agentPid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    @Test
    void an_agent_that_listens_elsewhere_now_is_found() throws Exception {
        serve(Duration.ofMinutes(5), List.of());
        try (AgentLink link = client.link(place, port == 1 ? 2 : 1, LOGIN).orElseThrow()) {
            assertThat(link.agent().describe().port()).isEqualTo(port);
        }
    }

    @Test
    void a_node_that_cannot_be_reached_is_told_as_if_one_had_logged_in_oneself() throws Exception {
        serve(Duration.ofMinutes(5), List.of());
        SshTarget target = node.target();
        SshTarget nobody = new SshTarget("heat-2", "127.0.0.1", 1, target.user(), target.hostKey(), target.identity());
        AgentPlace unreachable = AgentPlace.of(nobody, "127.0.0.1", Path.of(place.identity()));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.link(unreachable, port, Duration.ofSeconds(1)))
                .withMessageContaining("node heat-2 (127.0.0.1:1)");
    }

    @Test
    void a_cluster_that_is_given_up_loses_its_sessions_and_the_last_one_ends_the_master() throws Exception {
        serve(Duration.ofMinutes(5), List.of());
        link().close();
        client.forget(Path.of(place.identity()));
        assertThat(client.socket()).doesNotExist();
        master.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(master.isAlive()).isFalse();
        await().until(() -> node.sessions() == 0);
    }

    @Test
    void keys_that_are_removed_end_the_sessions() throws Exception {
        serve(Duration.ofMinutes(5), List.of());
        link().close();
        Files.delete(Path.of(place.identity(), ClusterIdentity.KEY_FILE));
        await().until(() -> node.sessions() == 0);
    }

    @Test
    void a_master_that_nobody_uses_ends_but_not_while_somebody_talks() throws Exception {
        serve(Duration.ofSeconds(1), List.of());
        AgentLink link = link();
        link.agent().describe();
        master.join(TimeUnit.SECONDS.toMillis(4));
        assertThat(master.isAlive()).as("while the link is open").isTrue();
        assertThat(link.agent().describe().node()).isEqualTo("heat-1");
        link.close();
        master.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(master.isAlive()).isFalse();
        assertThat(client.socket()).doesNotExist();
    }

    @Test
    void the_socket_that_a_killed_master_left_is_taken_over_and_two_masters_never_serve() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(client.socket()));
        }
        assertThat(client.link(place, port, LOGIN)).isEmpty();
        serve(Duration.ofMinutes(5), List.of());
        // In one Java process, the lock that is held shows as an exception in place of a refusal.
        assertThatExceptionOfType(OverlappingFileLockException.class)
                .isThrownBy(() -> new ConnectionMaster(client.socket(), LOGIN, ALONE).serve(List.of()));
        link().close();
    }

    @Test
    void a_master_that_hangs_is_as_good_as_none() throws Exception {
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(client.socket()));
            assertThat(client.link(place, port, LOGIN)).isEmpty();
        }
    }
}
