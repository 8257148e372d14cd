package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        muster.file("other.yaml", SPEC.replace("count: 3", "count: 2"));
        MusterCommand.Result up = muster.run("up", "other.yaml");
        assertThat(up.exit()).isEqualTo(2);
        assertThat(up.err()).contains("count: 3", "count: 2", "muster down plate");
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
    void down_leaves_nothing_and_a_second_one_says_that_there_is_none() {
        MusterCommand.Result down = muster.run("down", "plate");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(muster.leftOvers()).isEmpty();
        MusterCommand.Result again = muster.run("down", "plate");
        assertThat(again.exit()).isEqualTo(4);
        assertThat(again.err()).contains("there is no cluster plate");
    }

    @Test
    @Order(8)
    void logs_of_a_job_stay_after_its_cluster() {
        MusterCommand.Result logs = muster.run("logs", "plate.1");
        assertThat(logs.exit()).as(logs.toString()).isZero();
        assertThat(logs.out().lines().filter(line -> line.endsWith("hello from the manager")))
                .hasSize(6);
    }
}
