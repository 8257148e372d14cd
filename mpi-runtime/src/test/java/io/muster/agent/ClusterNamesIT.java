package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.RankPlacement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mpi.NamesProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Names of ports between jobs of a cluster whose head nodes and nodes differ. */
@Timeout(120)
final class ClusterNamesIT {
    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = TestCluster.start(folder, 2);
        List<Member> members = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            members.add(new Member("n" + node, "127.0.0.1", cluster.port(node), 4));
        }
        for (int node = 0; node < 2; node++) {
            try (AgentClient agent = cluster.client(node)) {
                agent.setMembers(members);
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
    }

    @AfterEach
    void nothing_is_left_of_a_job() {
        cluster.awaitNothingLeft();
    }

    /** A job of two ranks on one node, which is its head. */
    private static JobOrder order(String job, int node, String scenario, String name) throws IOException {
        return new JobOrder(
                cluster.id(job),
                new Program.MainClass(
                        NamesProgram.class.getName(),
                        List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                        List.of(scenario, name)),
                List.of(new JobNode("n" + node, "127.0.0.1", cluster.port(node))),
                IntStream.range(0, 2)
                        .mapToObj(rank -> new RankPlacement(rank, 0))
                        .toList(),
                Map.of(),
                List.of(),
                MpiLibrary.MUSTER,
                new StandardInput.Empty(),
                Optional.empty());
    }

    private static TestCluster.Result run(String job, int node, String scenario, String name) throws IOException {
        try (AgentClient head = cluster.client(node)) {
            head.submit(order(job, node, scenario, name));
            return cluster.follow(head, job);
        }
    }

    @Test
    void jobs_of_different_head_nodes_meet_by_a_name() throws IOException {
        for (int serving = 0; serving < 2; serving++) {
            String name = "meeting-" + serving;
            try (AgentClient head = cluster.client(serving)) {
                head.submit(order("serves-" + serving, serving, "serve", name));
                cluster.awaitOutput(head, "serves-" + serving, 1);
                TestCluster.Result caller = run("calls-" + serving, 1 - serving, "call", name);
                assertThat(caller.outcome()).isEqualTo(JobOutcome.done());
                assertThat(caller.output(0)).isEqualTo("met 2\n");
                TestCluster.Result server = cluster.follow(head, "serves-" + serving);
                assertThat(server.outcome()).isEqualTo(JobOutcome.done());
                assertThat(server.output(0)).isEqualTo("met 2\n");
            }
        }
    }

    @Test
    void errors_are_the_same_on_each_node() throws IOException {
        for (int node = 0; node < 2; node++) {
            TestCluster.Result result = run("errors-" + node, node, "errors", "wrong");
            assertThat(result.outcome()).isEqualTo(JobOutcome.done());
            assertThat(result.output(1)).isEqualTo("content\n");
        }
    }

    @Test
    void a_name_goes_with_its_job() throws IOException {
        for (int node = 0; node < 2; node++) {
            String name = "left-" + node;
            assertThat(run("leaves-" + node, node, "leave", name).outcome()).isEqualTo(JobOutcome.done());
            assertThat(run("checks-" + node, 1 - node, "check", name).output(0)).isEqualTo("not found\n");
        }
    }
}
