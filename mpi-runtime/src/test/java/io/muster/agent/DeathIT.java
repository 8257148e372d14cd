package io.muster.agent;

import static io.muster.agent.TestCluster.sh;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.Program;
import io.muster.supervisor.JobOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of each party of a running job: nothing of it survives anywhere, and it has an outcome. */
final class DeathIT {
    /** A rank that would stay for ever, with a child that has left its session. */
    private static final Program STAYS = sh("(setsid sleep 1000 &) ; echo up; sleep 1000");

    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = TestCluster.start(folder, 2);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private Map<Integer, Long> submit(AgentClient head) throws IOException {
        head.submit(cluster.order("job", STAYS, 2));
        cluster.awaitOutput(head, "job", 0);
        return cluster.awaitOutput(head, "job", 1);
    }

    @Test
    void a_rank_then_the_supervisor() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            Map<Integer, Long> pids = submit(head);
            kill(Objects.requireNonNull(pids.get(1)));
            assertThat(cluster.follow(head, "job").outcome())
                    .isEqualTo(JobOutcome.failed(1, 137, "rank 1 on n1: signal 9 (KILL)"));
            cluster.awaitNothingLeft();

            head.remove(cluster.id("job"));
            submit(head);
            cluster.supervisors().forEach(ProcessHandle::destroyForcibly);
            assertThat(cluster.follow(head, "job").outcome())
                    .isEqualTo(JobOutcome.infrastructure("supervisor died (signal 9 (KILL))"));
            cluster.awaitNothingLeft();
        }
    }

    @Test
    void the_agent_of_another_node() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            submit(head);
            kill(cluster.agents.get(1).pid());

            JobOutcome outcome = cluster.follow(head, "job").outcome();
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.cause()).startsWith("node n1 is lost: ");
            cluster.awaitNothingLeft(Set.of(cluster.agents.get(0).pid()));
        }
    }

    @Test
    void the_agent_of_the_head_node() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            submit(head);
        }
        kill(cluster.agents.get(0).pid());
        cluster.awaitNothingLeft(Set.of(cluster.agents.get(1).pid()));

        cluster.restart(0);
        try (AgentClient head = cluster.client(0)) {
            assertThat(cluster.follow(head, "job").outcome().kind()).isEqualTo(JobOutcome.Kind.LOST);
        }
    }
}
