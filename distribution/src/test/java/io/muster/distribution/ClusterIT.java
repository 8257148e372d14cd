package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of one cluster as a user sees it, from sizing file to nothing left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterIT {
    private static final String SPEC = """
            cluster: plate
            provider: local
            nodes:
              count: 3
              slots: 2
            """;

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    @Test
    @Order(1)
    void plan_shows_the_nodes_and_creates_nothing() {
        muster = new MusterCommand(temp);
        muster.file("plate.yaml", SPEC);
        MusterCommand.Result plan = muster.run("plan", "plate.yaml");
        assertThat(plan.exit()).as(plan.toString()).isZero();
        assertThat(plan.out()).contains("plate-1", "plate-3");
        assertThat(muster.leftOvers()).isEmpty();
    }

    @Test
    @Order(2)
    void up_makes_a_cluster_that_status_calls_ready() {
        MusterCommand.Result up = muster.run("up", "plate.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        await("connections are kept for the next command")
                .until(() -> !muster.connectionMasters().isEmpty());
        MusterCommand.Result status = muster.run("status", "plate", "--output", "json");
        assertThat(status.out()).contains("\"readySlots\" : 6", "plate-3");
    }

    @Test
    @Order(3)
    void a_second_up_finds_all_as_it_should_be() {
        MusterCommand.Result up = muster.run("up", "plate.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        MusterCommand.Result events = muster.run("events", "plate");
        assertThat(events.out().lines().filter(line -> line.contains("it runs at")))
                .as("nodes created once")
                .hasSize(3);
    }

    @Test
    @Order(4)
    void the_same_name_with_another_spec_is_refused_with_the_difference() {
        muster.file("other.yaml", SPEC.replace("slots: 2", "slots: 4"));
        MusterCommand.Result up = muster.run("up", "other.yaml");
        assertThat(up.exit()).isEqualTo(2);
        assertThat(up.err()).contains("slots: 2 → 4", "muster down plate");
    }

    @Test
    @Order(5)
    void inputs_reach_every_node_and_outputs_come_back() throws IOException {
        muster.file("greeting.txt", "hello from the manager\n");
        MusterCommand.Result run = muster.run(
                "run",
                "plate",
                "-n",
                "6",
                "--in",
                "greeting.txt",
                "--out",
                "answer-*.txt",
                "--",
                "sh",
                "-c",
                "cat greeting.txt; echo $MUSTER_RANK > answer-$MUSTER_RANK.txt");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.endsWith("hello from the manager")))
                .hasSize(6);
        for (int rank = 0; rank < 6; rank++) {
            assertThat(Files.readString(muster.folder().resolve("answer-" + rank + ".txt")))
                    .isEqualTo(rank + "\n");
        }
    }

    @Test
    @Order(6)
    void the_real_ssh_client_logs_in_to_the_node_that_is_named() {
        MusterCommand.Result ssh = muster.run("ssh", "plate", "plate-2", "--", "echo on $MUSTER_NODE_NAME; exit 5");
        assertThat(ssh.out()).as(ssh.toString()).contains("on plate-2");
        assertThat(ssh.exit()).isEqualTo(5);
    }

    @Test
    @Order(7)
    void nodes_come_and_go_while_a_job_runs() {
        MusterCommand.Running job = muster.start(
                "run", "plate", "-n", "4", "--", "sh", "-c", "echo began; while [ ! -e go ]; do sleep 0.2; done");
        await().atMost(Duration.ofMinutes(2)).until(() -> job.outSoFar().contains("began"));

        MusterCommand.Result more = muster.run("scale", "plate", "--nodes", "4");
        assertThat(more.exit()).as(more.toString()).isZero();
        assertThat(more.err()).contains("+ plate-4");
        MusterCommand.Result busy = muster.run("scale", "plate", "--nodes", "1");
        assertThat(busy.exit()).as(busy.toString()).isEqualTo(2);
        assertThat(busy.err()).contains("runs on plate-2", "muster cancel");
        muster.file("plate.yaml", SPEC.replace("count: 3", "count: 2"));
        MusterCommand.Result fewer = muster.run("up", "plate.yaml");
        assertThat(fewer.exit()).as(fewer.toString()).isZero();
        assertThat(fewer.err()).contains("- plate-3", "- plate-4");
        assertThat(muster.run("status", "plate").out()).contains("plate-2").doesNotContain("plate-3");

        for (String node : List.of("plate-1", "plate-2")) {
            muster.run(
                    "ssh",
                    "plate",
                    node,
                    "--",
                    "for work in ~/.muster/node/agent/jobs/*/work; do touch $work/go; done");
        }
        MusterCommand.Result ended = job.await();
        assertThat(ended.exit()).as(ended.toString()).isZero();
        MusterCommand.Result all = muster.run("run", "plate", "-n", "4", "--", "sh", "-c", "echo here");
        assertThat(all.out().lines()).as(all.toString()).hasSize(4);
    }

    @Test
    @Order(8)
    void a_killed_connection_master_is_missed_by_nobody() {
        List<Long> masters = muster.connectionMasters();
        assertThat(masters).hasSize(1);
        ProcessHandle.of(masters.getFirst()).ifPresent(ProcessHandle::destroyForcibly);
        MusterCommand.Result all = muster.run("run", "plate", "-n", "2", "--", "sh", "-c", "echo here");
        assertThat(all.out().lines()).as(all.toString()).hasSize(2);
        await().until(() -> muster.connectionMasters().size() == 1);
    }

    @Test
    @Order(9)
    void a_command_whose_process_is_killed_says_so_and_its_job_goes_on() {
        MusterCommand.Running run = servedCommand("run", "plate", "-n", "1", "--", "sh", "-c", "echo on; sleep 4");
        ProcessHandle.of(muster.connectionMasters().getFirst()).ifPresent(ProcessHandle::destroyForcibly);
        MusterCommand.Result lost = run.await();
        assertThat(lost.exit()).as(lost.toString()).isEqualTo(3);
        assertThat(lost.err()).contains("muster jobs");
        String job = lastJob();
        MusterCommand.Result logs = muster.run("logs", "-f", job);
        assertThat(logs.exit()).as(logs.toString()).isZero();
        assertThat(muster.run("jobs", "plate").out().lines().filter(line -> line.startsWith(job)))
                .allMatch(line -> line.contains("done"));
        await().until(() -> muster.connectionMasters().size() == 1);
    }

    /** A command that has printed "on" from within the resident process; each runs by itself until that is warm. */
    private MusterCommand.Running servedCommand(String... arguments) {
        for (int attempt = 0; attempt < 5; attempt++) {
            MusterCommand.Running run = muster.start(arguments);
            await().until(() -> run.outSoFar().contains("on"));
            if (muster.isServing()) {
                return run;
            }
            MusterCommand.Result ended = run.await();
            assertThat(ended.exit()).as(ended.toString()).isZero();
        }
        throw new AssertionError("no command was served by the process that keeps connections");
    }

    @Test
    @Order(10)
    void outputs_get_the_permissions_that_this_shell_gives() throws Exception {
        MusterCommand.Result run = muster.startCommand(List.of(
                        "sh",
                        "-c",
                        "umask 077; exec " + MusterCommand.DIST.resolve("bin/muster")
                                + " run plate -n 1 --out 'private.txt' -- sh -c 'echo 1 > private.txt'"))
                .await();
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(muster.folder().resolve("private.txt"))))
                .isEqualTo("rw-------");
    }

    private String lastJob() {
        return muster.run("jobs", "plate")
                .out()
                .lines()
                .filter(line -> line.startsWith("plate."))
                .reduce((_, last) -> last)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .orElseThrow();
    }

    @Test
    @Order(11)
    void down_leaves_nothing_and_a_second_one_says_that_there_is_none() {
        MusterCommand.Result down = muster.run("down", "plate");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(muster.leftOvers()).isEmpty();
        MusterCommand.Result again = muster.run("down", "plate");
        assertThat(again.exit()).isEqualTo(4);
        assertThat(again.err()).contains("there is no cluster plate");
    }

    @Test
    @Order(12)
    void logs_of_a_job_stay_after_its_cluster() {
        MusterCommand.Result logs = muster.run("logs", "plate.1");
        assertThat(logs.exit()).as(logs.toString()).isZero();
        assertThat(logs.out().lines().filter(line -> line.endsWith("hello from the manager")))
                .hasSize(6);
    }
}
