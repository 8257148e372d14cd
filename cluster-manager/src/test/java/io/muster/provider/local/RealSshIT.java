package io.muster.provider.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.provider.HostKey;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.SshConfigFile;
import io.muster.provider.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of OpenSSH, where this machine has them, against a local node. */
final class RealSshIT {
    private static final String NODE = "heat-0";

    @TempDir
    static Path temp;

    private static Path config = Path.of("none");

    /** Output as one character a byte. */
    private record Ended(int status, String out, String err) {}

    @BeforeAll
    static void create() throws Exception {
        for (String client : List.of("ssh", "scp", "sftp")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", client)), client + " is missing: install openssh-client");
        }
        HostKey user = TestKeys.generate();
        Path identity = temp.resolve("id");
        Files.createFile(identity, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(identity, user.privateKey());
        NodeRequest request = new NodeRequest(
                "heat",
                NODE,
                0,
                2,
                1,
                0,
                Optional.empty(),
                user.publicKey(),
                TestKeys.generate(),
                new NodeSource.Anywhere());
        assertThat(provider().create(List.of(request))).hasOnlyElementsOfType(Created.class);
        config = SshConfigFile.write(temp, identity, provider().list("heat")).config();
    }

    @AfterAll
    static void destroy() {
        assertThat(provider().destroyAll("heat")).isEmpty();
    }

    private static LocalNodeProvider provider() {
        return new LocalNodeProvider(temp.resolve("local"), JavaLaunch.ofThisProcess(), LocalOptions.defaults());
    }

    private static Path home() {
        return temp.resolve("local/heat/" + NODE + "/home").toAbsolutePath();
    }

    private Process start(byte[] input, String client, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(client, "-F", config.toString()));
        command.addAll(List.of(words));
        Path in = Files.write(Files.createTempFile(temp, "in", ""), input);
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(in.toFile());
        builder.environment().putAll(Map.of("TERM", "xterm", "MUSTER_SECRET", "x"));
        return builder.redirectError(temp.resolve("err").toFile()).start();
    }

    private Ended run(byte[] input, String client, String... words) throws Exception {
        Process process = start(input, client, words);
        String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        int status = process.waitFor();
        return new Ended(status, out, Files.readString(temp.resolve("err")));
    }

    private Ended ssh(String command) throws Exception {
        return run(new byte[0], "ssh", NODE, command);
    }

    @Test
    void a_command_has_its_own_streams_status_and_environment() throws Exception {
        Ended ended = ssh("pwd; env | sort | cut -d= -f1 | tr '\\n' ' '; echo odd >&2; exit 7");
        assertThat(ended.status()).isEqualTo(7);
        assertThat(ended.err()).isEqualTo("odd\n");
        assertThat(ended.out())
                .isEqualTo(home() + "\nHOME LANG LOGNAME MUSTER_LOCAL_NODE MUSTER_NODE_NAME"
                        + " MUSTER_NODE_PROCESS MUSTER_SHARED_MEMORY PATH PWD SHELL TMPDIR USER ");
        assertThat(ssh("kill -9 $$").status()).isEqualTo(137);
    }

    @Test
    void bytes_go_through_unchanged() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(1).nextBytes(bytes);
        assertThat(run(bytes, "ssh", NODE, "cat").out()).isEqualTo(new String(bytes, ISO_8859_1));
        Path file = Files.write(temp.resolve("sent"), bytes);
        assertThat(run(new byte[0], "scp", "-q", file.toString(), NODE + ":received")
                        .status())
                .isZero();
        assertThat(home().resolve("received")).hasBinaryContent(bytes);
        String batch = "get received " + temp.resolve("back") + "\n";
        assertThat(run(batch.getBytes(UTF_8), "sftp", "-q", "-b", "-", NODE).status())
                .isZero();
        assertThat(temp.resolve("back")).hasBinaryContent(bytes);
    }

    @Test
    void a_client_that_goes_away_hangs_up_the_foreground_but_not_what_detached_itself() throws Exception {
        Process client = start(
                new byte[0],
                "ssh",
                NODE,
                "setsid sleep 301 >/dev/null 2>&1 & echo $! > detached; echo $$ > foreground; sleep 302");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(home().resolve("foreground"))
                        && !Files.readString(home().resolve("foreground")).isBlank());
        client.destroyForcibly();
        long foreground = pid("foreground");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ProcessId.of(foreground).isEmpty());
        assertThat(ProcessId.of(pid("detached"))).isPresent();
    }

    private static long pid(String file) throws IOException {
        return Long.parseLong(Files.readString(home().resolve(file)).strip());
    }

    @Test
    void a_terminal_is_a_terminal() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script is missing: install bsdutils");
        Ended ended = run(new byte[0], "ssh", "-tt", NODE, "test -t 0 && test -t 1 && echo $TERM; exit 5");
        assertThat(ended.out()).contains("xterm");
        assertThat(ended.status()).isEqualTo(5);
    }

    @Test
    void nobody_else_gets_in_and_no_tunnel_leads_elsewhere() throws Exception {
        assertThat(run(new byte[0], "ssh", "-o", "User=nobody", NODE, "true").err())
                .contains("Permission denied (publickey)");
        assertThat(run(new byte[0], "ssh", "-W", "192.0.2.1:80", NODE).err()).contains("forwarding failed");
        Path stranger = temp.resolve("stranger");
        Files.writeString(stranger, TestKeys.generate().privateKey());
        Files.setPosixFilePermissions(stranger, PosixFilePermissions.fromString("rw-------"));
        String text = Files.readString(config).replace(temp.resolve("id") + "\"", stranger + "\"");
        Path other = Files.writeString(temp.resolve("other_config"), text);
        assertThat(run(new byte[0], "ssh", "-F", other.toString(), NODE, "true").err())
                .contains("Permission denied");
    }
}
