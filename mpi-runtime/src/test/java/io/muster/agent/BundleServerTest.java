package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class BundleServerTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path temp;

    private final byte[] content = new byte[1_000_003];
    private Path file;
    private BundleServer server;

    @BeforeEach
    void listen() throws IOException {
        new Random(1).nextBytes(content);
        file = Files.write(temp.resolve("file"), content);
        server = BundleServer.listen("127.0.0.1", file);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void a_token_that_was_allowed_gets_the_file_once() throws Exception {
        assertThat(order("allow " + TOKEN + "\n")).isEqualTo("port " + server.port() + "\nallowed\n");
        Files.delete(file);
        assertThat(fetch(TOKEN + "\n")).isEqualTo(content);
        assertThat(fetch(TOKEN + "\n")).isEmpty();
    }

    @Test
    void a_wrong_token_a_short_one_and_none_get_nothing() throws Exception {
        order("allow " + TOKEN + "\n");
        assertThat(fetch(TOKEN.replace('0', '1') + "\n")).isEmpty();
        assertThat(fetch(TOKEN + "0\n")).isEmpty();
        assertThat(fetch("\n\n\n")).isEmpty();
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            silent.shutdownOutput();
            assertThat(silent.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(fetch(TOKEN + "\n")).isEqualTo(content);
    }

    @Test
    void what_is_no_order_ends_the_orders() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> order("allow everybody\n"));
    }

    @Test
    void closing_it_cuts_who_waits_and_refuses_who_comes() throws Exception {
        try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            int port = server.port();
            server.close();
            assertThat(isRefused(port)).isTrue();
            waiting.setSoTimeout(10_000);
            try {
                assertThat(waiting.getInputStream().read()).isEqualTo(-1);
            } catch (IOException reset) {
                assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
            }
        }
    }

    /** Linux may give a client the very port that it asks for, and connects it to itself when nobody listens there. */
    private static boolean isRefused(int port) throws IOException {
        try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return late.getLocalPort() == port;
        } catch (ConnectException e) {
            return true;
        }
    }

    @Test
    void the_process_ends_with_its_standard_input() throws Exception {
        Process process = start("60");
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(said.readLine()).startsWith("port ");
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void the_process_ends_at_its_deadline() throws Exception {
        Process process = start("1");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(String seconds) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BundleServer.class.getName(),
                        "127.0.0.1",
                        file.toString(),
                        seconds)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String order(String orders) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        server.obey(
                new ByteArrayInputStream(orders.getBytes(StandardCharsets.US_ASCII)),
                new PrintStream(answers, true, StandardCharsets.US_ASCII));
        return answers.toString(StandardCharsets.US_ASCII);
    }

    private byte[] fetch(String token) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(token.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // A server that closes with bytes unread resets the connection.
            return new byte[0];
        }
    }
}
