package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of machines that exist behind a jump host: a job over both, and afterwards they are as before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(value = "hostsCanBeMade", disabledReason = "no Docker Engine with muster-base:latest answers")
final class HostsClusterIT {
    private static final String IMAGE = "muster-base:latest";
    private static final String ID =
            "muster-lab-" + UUID.randomUUID().toString().substring(0, 8);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String START = """
            useradd -m -s /bin/sh sim && usermod -p '*' sim
            mkdir -p /run/sshd /home/sim/.ssh /home/sim/.muster/state && rm -f /etc/ssh/ssh_host_*
            echo "$1" >/home/sim/.ssh/authorized_keys && echo mine >/home/sim/.muster/state/db
            chmod 700 /home/sim/.ssh && chmod 600 /home/sim/.ssh/authorized_keys && chown -R sim:sim /home/sim
            ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
            exec /usr/sbin/sshd -D -e -o UseDNS=no
            """;
    private static final String STATE = "find /home/sim /dev/shm /tmp -printf '%p %M %u %s %l\\n' | sort;"
            + " cat /home/sim/.ssh/authorized_keys; for p in /proc/[0-9]*; do"
            + " [ \"$(stat -c %U $p 2>/dev/null)\" != sim ] || tr '\\000' ' ' <$p/cmdline; done";

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));
    private final List<String> containers = new ArrayList<>();
    private List<String> before = List.of();

    static boolean hostsCanBeMade() throws IOException, InterruptedException {
        if ("required".equals(System.getenv("MUSTER_TEST_DOCKER"))) {
            return true;
        }
        try {
            return new ProcessBuilder("docker", "image", "inspect", IMAGE)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", words) + ": " + said).isZero();
        return said;
    }

    private String host(String name, String network, String key) throws IOException, InterruptedException {
        String full = ID + "-" + name;
        containers.add(full);
        List<String> words = new ArrayList<>(List.of("docker", "run", "-d", "--init", "--entrypoint", "/bin/sh"));
        words.addAll(List.of("--name", full, "--hostname", full, "--network", network));
        words.addAll(List.of(IMAGE, "-c", START, "start", key));
        command(words.toArray(String[]::new));
        await().atMost(SOON)
                .until(() -> command("docker", "exec", full, "/bin/sh", "-c", "cat /proc/net/tcp")
                        .contains(":0016 "));
        return full;
    }

    private List<String> states() throws IOException, InterruptedException {
        List<String> states = new ArrayList<>();
        for (String container : containers) {
            states.add(command("docker", "exec", container, "/bin/sh", "-c", STATE));
        }
        return states;
    }

    @BeforeAll
    void makeMachines() throws Exception {
        muster = new MusterCommand(temp);
        Path key = temp.resolve("id");
        command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        String line = Files.readString(temp.resolve("id.pub")).strip();
        command("docker", "network", "create", ID);
        command("docker", "network", "create", "--internal", ID + "-inner");
        String gate = host("gate", ID, line);
        command("docker", "network", "connect", ID + "-inner", gate);
        String address = command(
                        "docker",
                        "inspect",
                        "-f",
                        "{{(index .NetworkSettings.Networks \"" + ID + "\").IPAddress}}",
                        gate)
                .strip();
        StringBuilder hosts = new StringBuilder();
        for (String name : List.of("a", "b")) {
            hosts.append("    - {address: %s, user: sim, key: %s, jump: sim@%s}\n"
                    .formatted(host(name, ID + "-inner", line), key, address));
        }
        muster.file("lab.yaml", "cluster: lab\nprovider: hosts\nnodes:\n  slots: 2\n  hosts:\n" + hosts);
        muster.file("rival.yaml", "cluster: rival\nprovider: hosts\nnodes:\n  slots: 2\n  hosts:\n" + hosts);
        before = states();
    }

    @AfterAll
    void nothing_is_left() throws Exception {
        muster.run("down", "lab");
        for (String container : containers) {
            command("docker", "rm", "-f", "-v", container);
        }
        command("docker", "network", "rm", ID + "-inner", ID);
        assertThat(muster.leftOvers()).isEmpty();
    }

    @Test
    @Order(1)
    void up_takes_machines_that_only_the_jump_host_knows() {
        MusterCommand.Result up = muster.run("up", "-y", "lab.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        assertThat(muster.run("status", "lab", "--output", "json").out()).contains("\"readySlots\" : 4");
    }

    @Test
    @Order(2)
    void an_mpi_job_runs_over_both() {
        String jar = MusterCommand.DIST.resolve("examples/heat.jar").toString();
        MusterCommand.Result run =
                muster.run("run", "lab", "-n", "4", "--out", "heat.png", "--", jar, "--size", "128", "--steps", "100");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).contains("4 ranks");
        assertThat(muster.folder().resolve("heat.png")).exists();
    }

    @Test
    @Order(3)
    void the_real_ssh_client_goes_through_the_jump_host() {
        MusterCommand.Result ssh = muster.run("ssh", "lab", "lab-2", "--", "hostname");
        assertThat(ssh.out()).as(ssh.toString()).isEqualTo(ID + "-b\n");
    }

    @Test
    @Order(4)
    void another_cluster_does_not_get_them_and_is_told_who_has() {
        MusterCommand.Result rival = muster.run("up", "-y", "rival.yaml");
        assertThat(rival.exit()).as(rival.toString()).isEqualTo(3);
        assertThat(rival.err()).contains("is taken", "node lab-1 of cluster lab", "@");
        assertThat(muster.run("down", "rival").exit()).isZero();
        assertThat(muster.run("run", "lab", "-n", "2", "--", "true").exit()).isZero();
    }

    @Test
    @Order(5)
    void down_leaves_the_machines_as_they_were() throws Exception {
        MusterCommand.Running job = muster.start("run", "lab", "-n", "4", "--", "sh", "-c", "echo here; sleep 600");
        await().atMost(SOON)
                .until(() -> job.outSoFar().lines().filter("here"::equals).count() == 4);
        MusterCommand.Result down = muster.run("down", "lab");
        assertThat(down.exit()).as(down.toString()).isZero();
        job.await();
        assertThat(states()).isEqualTo(before);
    }
}
