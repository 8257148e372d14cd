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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The life of a cluster of containers: a job over all of them, one of them killed, repaired, and nothing left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(value = "dockerAnswers", disabledReason = "no Docker Engine answers")
final class DockerClusterIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SPEC = """
            cluster: boxes
            provider: docker
            nodes:
              count: 3
              slots: 2
              memory: 1 GiB
            """;

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    static boolean dockerAnswers() throws IOException, InterruptedException {
        if ("required".equals(System.getenv("MUSTER_TEST_DOCKER"))) {
            return true;
        }
        try {
            return new ProcessBuilder("docker", "info")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String docker(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static List<String> containers() throws IOException, InterruptedException {
        return docker("ps", "-a", "--filter", "label=muster-cluster=boxes", "--format", "{{.Label \"muster-node\"}}")
                .lines()
                .sorted()
                .toList();
    }

    @Test
    @Order(6)
    void a_container_ends_itself_when_its_lifetime_is_over_and_gc_removes_it() throws Exception {
        MusterCommand shortLived = new MusterCommand(Files.createDirectory(temp.resolve("short")));
        shortLived.file("brief.yaml", "cluster: brief\nprovider: docker\nnodes: {count: 1}\nlimits: {lifetime: 75s}\n");
        MusterCommand.Result up = shortLived.run("up", "brief.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        await().atMost(Duration.ofMinutes(5))
                .until(() -> docker("ps", "-q", "--filter", "label=muster-cluster=brief")
                        .isEmpty());
        MusterCommand.Result gc = muster.run("gc", "--cluster", "brief", "--yes");
        assertThat(gc.exit()).as(gc.toString()).isZero();
        assertThat(gc.out()).contains("2 removed, 0 left");
        assertThat(docker("ps", "-aq", "--filter", "label=muster-cluster=brief"))
                .isEmpty();
    }

    @AfterAll
    void nothing_is_left() throws Exception {
        muster.run("down", "boxes");
        assertThat(containers()).isEmpty();
        assertThat(docker("network", "ls", "-q", "--filter", "label=muster-cluster=boxes"))
                .isEmpty();
        assertThat(muster.leftOvers()).isEmpty();
    }

    @Test
    @Order(1)
    void up_makes_containers_with_the_limits_of_the_file() throws Exception {
        muster = new MusterCommand(temp);
        muster.file("boxes.yaml", SPEC);
        MusterCommand.Result up = muster.run("up", "boxes.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        assertThat(containers()).containsExactly("boxes-1", "boxes-2", "boxes-3");
        assertThat(muster.run("status", "boxes", "--output", "json").out()).contains("\"readySlots\" : 6");
        String container =
                docker("ps", "-q", "--filter", "label=muster-node=boxes-2").strip();
        assertThat(docker("exec", container, "sh", "-c", "readlink /root/.muster/node/bundles/*"))
                .as("the bundle comes with the image")
                .startsWith("/opt/muster/bundles/");
    }

    @Test
    @Order(2)
    void an_mpi_job_runs_over_all_of_them() {
        MusterCommand.Result run = muster.run(
                "run",
                "boxes",
                "-n",
                "6",
                "--out",
                "heat.png",
                "--",
                MusterCommand.DIST.resolve("examples/heat.jar").toString(),
                "--size",
                "128",
                "--steps",
                "100");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).contains("6 ranks");
        assertThat(muster.folder().resolve("heat.png")).exists();
    }

    @Test
    @Order(3)
    void a_container_that_is_killed_ends_the_job_and_up_repairs() throws Exception {
        MusterCommand.Running job = muster.start("run", "boxes", "-n", "6", "--", "sh", "-c", "echo here; sleep 600");
        await().atMost(SOON)
                .until(() -> job.outSoFar().lines().filter("here"::equals).count() == 6);
        String victim =
                docker("ps", "-q", "--filter", "label=muster-node=boxes-3").strip();
        docker("kill", victim);
        MusterCommand.Result ended = job.await();
        assertThat(ended.exit()).as(ended.toString()).isEqualTo(3);
        assertThat(ended.err()).contains("boxes-3");
        MusterCommand.Result up = muster.run("up", "boxes.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        MusterCommand.Result again = muster.run("run", "boxes", "-n", "6", "--", "hostname");
        assertThat(again.out().lines().sorted().distinct())
                .as(again.toString())
                .containsExactly("boxes-1", "boxes-2", "boxes-3");
    }

    @Test
    @Order(4)
    void the_real_ssh_client_logs_in() {
        MusterCommand.Result ssh = muster.run("ssh", "boxes", "boxes-2", "--", "hostname");
        assertThat(ssh.out()).as(ssh.toString()).isEqualTo("boxes-2\n");
    }

    @Test
    @Order(5)
    void a_lost_home_does_not_hide_the_cluster() throws Exception {
        MusterCommand stranger = new MusterCommand(Files.createDirectory(temp.resolve("stranger")));
        assertThat(muster.run("gc", "--dry-run").out()).doesNotContain("boxes");
        MusterCommand.Result seen = stranger.run("gc", "--dry-run");
        assertThat(seen.out()).as(seen.toString()).contains("boxes-1", "network", "no cluster boxes stands");
        assertThat(containers()).hasSize(3);
        MusterCommand.Result down = stranger.run("down", "boxes");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(containers()).isEmpty();
        MusterCommand.Result again = stranger.run("down", "boxes");
        assertThat(again.exit()).isEqualTo(4);
    }
}
