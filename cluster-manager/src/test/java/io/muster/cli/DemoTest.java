package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.api.MusterException;
import io.muster.api.OutputLine.Stream;
import io.muster.state.JobState;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DemoTest {
    @TempDir
    Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
        cli.write("dist/examples/heat.jar", "");
        cli.muster.rank(0, Stream.STDOUT, "step 100");
    }

    @Test
    void every_phase_has_its_time_and_nothing_is_left() {
        assertThat(cli.run("demo")).isZero();

        assertThat(cli.out())
                .containsSubsequence(
                        "PHASE", "plan", "provision", "bootstrap", "launch", "compute", "fetch", "destroy", "total")
                .contains("picture  " + folder.resolve("heat.png"), "muster run heat -n 8 --out heat.png");
        assertThat(cli.err()).contains("✔ compute", "step 100");
        assertThat(cli.muster.clusters).isEmpty();
        assertThat(cli.muster.specOf("demo.1").ranks()).isEqualTo(8);
    }

    @Test
    void as_json() {
        assertThat(cli.run("demo", "--output", "json", "--nodes", "2", "--ranks", "3"))
                .isZero();
        JsonNode demo = new JsonMapper().readTree(cli.out());
        assertThat(demo.get("phases").get(0).get("phase").asString()).isEqualTo("plan");
        assertThat(demo.get("phases").get(0).get("seconds").asDouble()).isEqualTo(1.5);
        assertThat(demo.get("keptCluster").isNull()).isTrue();
        assertThat(demo.get("outputs").size()).isEqualTo(2);
    }

    @Test
    void a_kept_cluster_stands_and_the_next_demo_takes_another_name() {
        assertThat(cli.run("demo", "--keep")).isZero();
        assertThat(cli.out()).contains("demo stands; muster down demo destroys it");
        assertThat(cli.run("demo", "--keep")).isZero();
        assertThat(cli.muster.clusters).containsOnlyKeys("demo", "demo-2");
    }

    @Test
    void a_failure_in_the_middle_takes_the_cluster_down() {
        cli.muster.upFails = Optional.of(new MusterException(
                MusterException.Kind.INFRASTRUCTURE, "2 of 4 nodes did not come up", "demo-3, demo-4", "", "look"));

        assertThat(cli.run("demo")).isEqualTo(3);
        assertThat(cli.err())
                .containsSubsequence(
                        "cluster demo is taken down; nothing of it is left", "muster: 2 of 4 nodes did not come up");
        assertThat(cli.muster.clusters).isEmpty();
    }

    @Test
    void a_name_that_another_one_takes_first_is_left_to_it() {
        cli.muster.takenMeanwhile.put("demo", MusterException.Kind.BUSY);
        cli.muster.takenMeanwhile.put("demo-2", MusterException.Kind.INPUT);

        assertThat(cli.run("demo")).isZero();
        assertThat(cli.muster.specs).containsOnlyKeys("demo-3.1");
        assertThat(cli.muster.clusters).containsOnlyKeys("demo", "demo-2");
    }

    @Test
    void a_simulation_that_fails_takes_the_cluster_down() {
        cli.muster.endsWith(JobState.FAILED, 1, "rank 2 threw");

        assertThat(cli.run("demo")).isEqualTo(3);
        assertThat(cli.err()).contains("the simulation of the demo did not end well", "rank 2 threw", "logs demo.1");
        assertThat(cli.muster.clusters).isEmpty();
    }

    @Test
    void ctrl_c_and_termination_take_the_cluster_down() throws InterruptedException {
        cli.muster.hang();
        Thread user = Thread.ofVirtual().start(() -> {
            try {
                cli.muster.following.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cli.interrupts.terminate();
        });

        int code = cli.run("demo", "--keep");
        user.join();

        assertThat(code).isEqualTo(130);
        assertThat(cli.muster.clusters).isEmpty();
        assertThat(cli.err()).contains("stopping: cluster demo is taken down", "nothing of it is left");
    }

    @Test
    void a_missing_example_says_where_it_was_looked_for() {
        CliFixture bare = new CliFixture(folder.resolve("elsewhere"));

        assertThat(bare.run("demo")).isEqualTo(3);
        assertThat(bare.err()).contains("the example of the demo is missing", "elsewhere/dist/examples/heat.jar");
    }

    @Test
    void numbers_out_of_range_are_wrong_input() {
        assertThat(cli.run("demo", "--ranks", "0")).isEqualTo(2);
        assertThat(cli.run("demo", "--nodes", "1000")).isEqualTo(2);
    }
}
