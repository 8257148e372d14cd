package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.Program;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobOutcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mpi.SpawnProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Ranks that spawn others, on the nodes of a cluster. */
@Timeout(120)
final class ClusterSpawnIT {
    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = TestCluster.start(folder, 2);
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
    }

    @AfterEach
    void nothing_is_left_of_a_job() {
        cluster.awaitNothingLeft();
    }

    private static Program program(String... scenario) {
        return new Program.MainClass(
                SpawnProgram.class.getName(),
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                List.of(scenario));
    }

    @Test
    void spawned_ranks_share_the_nodes_of_their_job() throws IOException {
        TestCluster.Result result = cluster.run(cluster.order("spawns", program("work", "3"), 2));

        assertThat(result.outcome()).as(result.output(0)).isEqualTo(JobOutcome.done());
        for (int child = 0; child < 3; child++) {
            assertThat(result.output(2 + child)).isEqualTo("child " + child + " is content\n");
        }
        assertThat(result.events().stream()
                        .filter(JobEvent.RankStarted.class::isInstance)
                        .map(JobEvent.RankStarted.class::cast)
                        .map(started -> started.rank() + " on " + started.node()))
                .containsExactlyInAnyOrder("0 on n0", "1 on n1", "2 on n0", "3 on n1", "4 on n0");
        assertThat(result.events().stream().filter(JobEvent.RankExited.class::isInstance))
                .hasSize(5);
    }

    @Test
    void a_child_that_dies_ends_the_job_and_is_named() throws IOException {
        TestCluster.Result result = cluster.run(cluster.order("child-dies", program("wait", "7"), 2));

        assertThat(result.outcome())
                .isEqualTo(JobOutcome.failed(
                        3, 7, "spawned " + SpawnProgram.class.getName() + ": rank 1 on n1: exit code 7"));
        assertThat(result.output(0)).contains("another rank is lost: spawned");
    }

    @Test
    void a_parent_that_dies_ends_the_job_and_is_named() throws IOException {
        TestCluster.Result result = cluster.run(cluster.order("parent-dies", program("leave", "9"), 2));

        assertThat(result.outcome()).isEqualTo(JobOutcome.failed(0, 9, "rank 0 on n0: exit code 9"));
        assertThat(result.output(2)).contains("another rank is lost: rank 0 on n0");
    }

    @Test
    void what_cannot_be_spawned_is_named_and_the_job_goes_on() throws IOException {
        TestCluster.Result result = cluster.run(cluster.order("misses", program("missing"), 2));

        assertThat(result.outcome()).as(result.output(0)).isEqualTo(JobOutcome.done());
        assertThat(result.output(0).lines()).hasSize(3);
    }

    @Test
    void children_that_outlive_their_parents_belong_to_the_job() throws IOException {
        TestCluster.Result result = cluster.run(cluster.order("outlived", program("outlived"), 2));

        assertThat(result.outcome()).as(result.output(0)).isEqualTo(JobOutcome.done());
        assertThat(result.output(2)).isEqualTo("outlived\n");
    }

    @Test
    void nothing_is_left_when_the_supervisor_is_killed() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            head.submit(cluster.order("killed", program("hold"), 1));
            cluster.awaitOutput(head, "killed", 1);
            cluster.supervisors().forEach(ProcessHandle::destroyForcibly);

            assertThat(cluster.follow(head, "killed").outcome().kind()).isEqualTo(JobOutcome.Kind.FAILED);
        }
    }

    @Test
    void a_cancel_ends_all() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            head.submit(cluster.order("held", program("hold"), 1));
            cluster.awaitOutput(head, "held", 1);
            head.cancel(cluster.id("held"), "enough");

            assertThat(cluster.follow(head, "held").outcome()).isEqualTo(JobOutcome.cancelled("enough"));
        }
    }
}
