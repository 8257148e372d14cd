package io.muster.bootstrap.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.bootstrap.TestNode;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.keys.SshKeyPair;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class SshSessionIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    private ClusterKeys keys;
    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        keys = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        node = TestNode.start("heat-1", temp, keys);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void a_command_gives_exit_code_and_both_outputs() throws Exception {
        try (SshSession session = SshSession.open(node.target(), SOON)) {
            CommandResult result = session.run("echo out; echo err >&2; pwd; exit 3", SOON);
            assertThat(result).isEqualTo(new CommandResult(3, "out\n" + node.home() + "\n", "err\n"));
        }
    }

    @Test
    void a_megabyte_goes_there_and_back() throws Exception {
        byte[] bytes = new byte[700_000];
        new Random(1).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + (bytes[i] & 15));
        }
        try (SshSession session = SshSession.open(node.target(), SOON)) {
            CommandResult result = session.stream("cat", StreamWriter.of(bytes), SOON);
            assertThat(result.stdout()).isEqualTo(new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_command_that_does_not_end_is_given_up_and_the_session_goes_on() throws Exception {
        try (SshSession session = SshSession.open(node.target(), SOON)) {
            assertThatExceptionOfType(SshException.class)
                    .isThrownBy(() -> session.run("sleep 7", Duration.ofMillis(300)))
                    .withMessageContaining("'sleep 7' did not end in 0.3 s")
                    .matches(e -> e.kind() == SshException.Kind.TIMED_OUT);
            assertThat(session.run("echo on", SOON).stdout()).isEqualTo("on\n");
        }
    }

    @Test
    void another_host_key_ends_at_once() throws Exception {
        SshTarget right = node.target();
        String other = keys.hostKey("other").publicLine();
        SshTarget wrong = new SshTarget("heat-1", right.host(), right.port(), "muster", other, right.identity());
        assertThatExceptionOfType(SshException.class)
                .isThrownBy(() -> SshSession.open(wrong, Duration.ofMinutes(5)))
                .withMessageContaining(
                        "node heat-1 (127.0.0.1:" + right.port() + "): the host key is not the pinned one")
                .matches(e -> e.kind() == SshException.Kind.WRONG_HOST_KEY);
        assertThat(node.commands()).isEmpty();
    }

    @Test
    void a_refused_login_key_ends_at_once() throws Exception {
        SshTarget right = node.target();
        SshKeyPair stranger = SshKeyPair.generate(temp.resolve("stranger"));
        SshTarget wrong = new SshTarget(
                "heat-1", right.host(), right.port(), "muster", right.hostKey(), stranger.privateKeyFile());
        assertThatExceptionOfType(SshException.class)
                .isThrownBy(() -> SshSession.open(wrong, Duration.ofMinutes(5)))
                .withMessageContaining("was refused")
                .matches(e -> e.kind() == SshException.Kind.KEY_REFUSED);
    }

    @Test
    void nobody_listening_is_tried_until_the_deadline() throws Exception {
        int port = freePort();
        SshTarget right = node.target();
        SshTarget nobody = new SshTarget("heat-9", "127.0.0.1", port, "muster", right.hostKey(), right.identity());
        assertThatExceptionOfType(SshException.class)
                .isThrownBy(() -> SshSession.open(nobody, Duration.ofSeconds(1)))
                .withMessageMatching(
                        "node heat-9 \\(127.0.0.1:\\d+\\): SSH refused after \\d+ (try|tries) in \\d+ s\\. Next.*")
                .matches(e -> e.kind() == SshException.Kind.UNREACHABLE);
    }

    @Test
    void a_server_that_says_nothing_is_given_up_at_the_deadline() throws Exception {
        SshTarget right = node.target();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SshTarget mute = new SshTarget(
                    "heat-9", "127.0.0.1", silent.getLocalPort(), "muster", right.hostKey(), right.identity());
            assertThatExceptionOfType(SshException.class)
                    .isThrownBy(() -> SshSession.open(mute, Duration.ofSeconds(1)))
                    .withMessageMatching(".*SSH did not answer after \\d+ (try|tries) in \\d+ s\\..*")
                    .matches(e -> e.kind() == SshException.Kind.UNREACHABLE);
        }
    }

    @Test
    void a_connection_through_the_session_carries_both_ways_and_times_out() throws Exception {
        try (ServerSocket echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                SshSession session = SshSession.open(node.target(), SOON)) {
            Thread.ofVirtual().start(() -> echoOnce(echo));
            try (Socket socket =
                    session.dialer("127.0.0.1", echo.getLocalPort()).dial(1000)) {
                byte[] bytes = new byte[300_000];
                new Random(2).nextBytes(bytes);
                Thread.ofVirtual().start(() -> {
                    try {
                        socket.getOutputStream().write(bytes);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                InputStream in = socket.getInputStream();
                assertThat(in.readNBytes(bytes.length)).isEqualTo(bytes);
                socket.setSoTimeout(200);
                assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(in::read);
                socket.shutdownOutput();
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    private static void echoOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
