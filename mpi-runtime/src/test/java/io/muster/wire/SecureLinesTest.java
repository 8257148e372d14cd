package io.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may talk to a listener of a cluster, and that it goes on after those who may not. */
final class SecureLinesTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private ClusterIdentity identity;
    private SecureListener listener;

    @BeforeEach
    void listen() throws IOException {
        TestIdentity.make(folder.resolve("ours"));
        identity = ClusterIdentity.load(folder.resolve("ours"));
        listener = SecureListener.listen(
                "127.0.0.1",
                0,
                identity,
                Map.of("echo", line -> line.send(line.receive(SHORT).orElseThrow())),
                sentence -> {});
    }

    @AfterEach
    void close() {
        listener.close();
    }

    private void echoes() throws IOException {
        try (Line line = SecureLines.connect("127.0.0.1", listener.port(), identity, "echo", SHORT)) {
            line.send(new byte[] {1, 2, 3});
            assertThat(line.receive(SHORT).orElseThrow()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void the_same_certificate_is_let_in() throws IOException {
        echoes();
        assertThatThrownBy(() -> SecureLines.connect("127.0.0.1", listener.port(), identity, "nothing", SHORT))
                .hasMessageContaining("nothing here is called 'nothing'");
    }

    @Test
    void another_certificate_is_refused_by_either_side() throws IOException {
        TestIdentity.make(folder.resolve("theirs"));
        ClusterIdentity theirs = ClusterIdentity.load(folder.resolve("theirs"));
        assertThatThrownBy(() -> SecureLines.connect("127.0.0.1", listener.port(), theirs, "echo", SHORT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not trust each other");
        echoes();
    }

    @Test
    void silence_is_not_taken_for_distrust() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> SecureLines.connect(
                            "127.0.0.1", silent.getLocalPort(), identity, "echo", Duration.ofMillis(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not answer within 100 ms");
        }
    }

    @Test
    void the_certificate_without_its_key_is_refused() throws IOException {
        TestIdentity.make(folder.resolve("theirs"));
        Files.copy(folder.resolve("ours/cluster.crt"), folder.resolve("stolen.crt"));
        assertThatThrownBy(() -> SecureLines.connect(
                        "127.0.0.1",
                        listener.port(),
                        ClusterIdentity.load(folder.resolve("stolen.crt"), folder.resolve("theirs/cluster.key")),
                        "echo",
                        SHORT))
                .isInstanceOf(IOException.class);
        echoes();
    }

    @Test
    void somebody_without_tls_gets_nothing() throws IOException {
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            stranger.setSoTimeout((int) SHORT.toMillis());
            byte[] answer = stranger.getInputStream().readAllBytes();
            assertThat(answer.length).as("at most an alert of TLS").isLessThan(16);
        }
        echoes();
    }

    @Test
    void strangers_that_say_nothing_do_not_shut_the_door() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
                if (i % 50 == 49) {
                    echoes();
                }
            }
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    @Test
    void a_stranger_that_dribbles_is_cut_off() throws IOException {
        try (SecureListener strict = SecureListener.listen(
                        "127.0.0.1", 0, identity, Map.of(), sentence -> {}, Duration.ofMillis(300));
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), strict.port())) {
            // The head of a handshake record that never gets long enough.
            stranger.getOutputStream().write(new byte[] {22, 3, 1, 1, 0});
            stranger.setSoTimeout(50);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            stranger.getOutputStream().write(1);
                            if (readOrTimeOut(stranger) < 0) {
                                throw new IOException("cut off");
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** 0 when nothing came in time. */
    private static int readOrTimeOut(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }
}
