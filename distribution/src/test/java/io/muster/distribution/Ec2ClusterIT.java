package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a cluster on EC2: moto answers for Amazon, containers stand in for its instances. The program that does
 * both is a test class of the cluster manager.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfEnvironmentVariable(
        named = "MUSTER_TEST_MOTO",
        matches = ".+",
        disabledReason = "MUSTER_TEST_MOTO names no moto_server")
final class Ec2ClusterIT {
    private static final Path MANAGER_TESTS =
            Path.of("..", "cluster-manager", "target", "test-classes").toAbsolutePath();

    @TempDir
    static Path temp;

    private Process cloud;
    private MusterCommand muster;
    private String spec;

    @BeforeAll
    void start() throws IOException {
        cloud = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        MANAGER_TESTS + ":" + System.getProperty("java.class.path"),
                        "io.muster.provider.cloud.standin.Ec2StandIn")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8));
        List<String> words = List.of(Objects.requireNonNull(out.readLine(), "the stand-in did not start")
                .split(" "));
        muster = command(temp);
        spec = """
                cluster: cumulus
                provider: aws-ec2
                region: %s
                endpoint: %s
                network: {subnet: %s, address: private}
                nodes:
                  count: 2
                  slots: 2
                  type: t3.small
                limits: {lifetime: 2h}
                """.formatted(words.get(1), words.get(0), words.get(2));
    }

    private static MusterCommand command(Path folder) {
        return new MusterCommand(folder)
                .with(Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "not-a-secret"));
    }

    @AfterAll
    void stop() throws Exception {
        if (muster != null) {
            muster.run("down", "cumulus");
        }
        cloud.getOutputStream().close();
        if (!cloud.waitFor(60, TimeUnit.SECONDS)) {
            cloud.destroyForcibly();
        }
        assertThat(containers()).isEmpty();
    }

    private static List<String> containers() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "docker", "ps", "-a", "--filter", "name=muster-i-", "--format", "{{.Names}}")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private MusterCommand.Result ok(String... words) {
        MusterCommand.Result result = muster.run(words);
        assertThat(result.exit()).as(result.toString()).isZero();
        return result;
    }

    @Test
    @Order(1)
    void up_makes_instances_that_answer_under_their_own_host_keys() throws Exception {
        muster.file("cumulus.yaml", spec);
        ok("up", "-y", "cumulus.yaml");
        assertThat(containers()).hasSize(2);
        assertThat(ok("ssh", "cumulus", "cumulus-2", "--", "whoami").out()).isEqualTo("muster\n");
    }

    @Test
    @Order(2)
    void an_mpi_job_runs_over_both() {
        MusterCommand.Result run = ok(
                "run",
                "cumulus",
                "-n",
                "4",
                "--out",
                "heat.png",
                "--",
                MusterCommand.DIST.resolve("examples/heat.jar").toString(),
                "--size",
                "128",
                "--steps",
                "50");
        assertThat(run.out()).contains("4 ranks");
    }

    @Test
    @Order(3)
    void an_instance_that_dies_is_replaced() throws Exception {
        List<String> words =
                new ArrayList<>(List.of("docker", "kill", containers().getFirst()));
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
        await().atMost(Duration.ofSeconds(30)).until(() -> containers().size() == 1);
        ok("up", "-y", "cumulus.yaml");
        assertThat(containers()).hasSize(2);
    }

    @Test
    @Order(4)
    void a_manager_that_is_killed_while_it_creates_leaves_nothing_that_is_not_found() throws Exception {
        ok("down", "cumulus");
        await().atMost(Duration.ofSeconds(30)).until(() -> containers().isEmpty());
        MusterCommand.Running up = muster.start("up", "-y", "cumulus.yaml");
        await().atMost(Duration.ofSeconds(60)).until(() -> !containers().isEmpty());
        up.process().destroyForcibly().waitFor();
        MusterCommand stranger = command(Files.createDirectory(temp.resolve("stranger")))
                .with(Map.of(
                        "AWS_REGION", spec.lines().toList().get(2).substring("region: ".length()),
                        "AWS_ENDPOINT_URL_EC2", spec.lines().toList().get(3).substring("endpoint: ".length())));
        MusterCommand.Result seen = stranger.run("gc", "--dry-run", "--cluster", "cumulus");
        assertThat(seen.out()).as(seen.toString()).contains("instance", "security-group", "key-pair", "cumulus");
        MusterCommand.Result removed = stranger.run("gc", "--yes", "--cluster", "cumulus");
        assertThat(removed.exit()).as(removed.toString()).isZero();
        await().atMost(Duration.ofSeconds(30)).until(() -> containers().isEmpty());
        ok("down", "cumulus");
        assertThat(stranger.run("gc", "--dry-run", "--cluster", "cumulus").out())
                .doesNotContain("cumulus-");
    }
}
