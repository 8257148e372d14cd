package io.muster.agent;

import static io.muster.agent.TestCluster.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.agent.TestCluster.Result;
import io.muster.launch.OutputStreamName;
import io.muster.launch.Program;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.JournalEntry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on two agents that stay alive. */
final class JobIT {
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

    @Test
    void a_command_runs_on_every_rank() throws IOException {
        Result result = cluster.run(cluster.order(
                "hello", sh("echo rank $MUSTER_RANK of $MUSTER_SIZE on $MUSTER_NODE_NAME $MUSTER_TEST"), 4));

        assertThat(result.outcome()).isEqualTo(JobOutcome.done());
        assertThat(result.output(3)).isEqualTo("rank 3 of 4 on n1 yes\n");
        assertThat(result.output(0)).isEqualTo("rank 0 of 4 on n0 yes\n");
    }

    @Test
    void ranks_of_different_nodes_on_one_machine_share_memory() throws IOException {
        Program maps = new Program.MainClass(
                MapsProgram.class.getName(),
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                List.of());
        Result result = cluster.run(cluster.order("shares", maps, 4));

        assertThat(result.outcome()).isEqualTo(JobOutcome.done());
        assertThat(result.output(0)).startsWith("sum 10\n/dev/shm/").contains("/rings");
        for (int rank = 1; rank < 4; rank++) {
            assertThat(result.output(rank)).isEqualTo(result.output(0));
        }
    }

    @Test
    void the_first_failure_is_the_exit_code_and_ends_the_others() throws IOException {
        Result result = cluster.run(
                cluster.order("fails", sh("echo $MUSTER_RANK; [ $MUSTER_RANK = 2 ] && exit 3; sleep 1000"), 4));

        assertThat(result.outcome().exitCode()).isEqualTo(3);
        assertThat(result.outcome().rank()).contains(2);
        assertThat(result.outcome().cause()).isEqualTo("rank 2 on n0: exit code 3");
    }

    @Test
    void a_rank_that_is_killed_counts_as_128_plus_the_signal_and_its_output_is_kept() throws IOException {
        Result result = cluster.run(cluster.order(
                "killed", sh("echo before; printf unfinished; [ $MUSTER_RANK = 1 ] && kill -9 $$; sleep 1000"), 2));

        assertThat(result.outcome()).isEqualTo(JobOutcome.failed(1, 137, "rank 1 on n1: signal 9 (KILL)"));
        assertThat(result.output(1)).isEqualTo("before\nunfinished");
    }

    @Test
    void grandchildren_end_with_the_job() throws IOException {
        Result result =
                cluster.run(cluster.order("leaves", sh("sleep 1000 & (setsid sleep 1000 &) ; echo started"), 2));

        assertThat(result.outcome()).isEqualTo(JobOutcome.done());
    }

    @Test
    void much_output_arrives_wholly_and_in_order() throws IOException {
        Result result = cluster.run(cluster.order("prints", sh("seq 1 100000; seq 1 10 >&2"), 2));

        StringBuilder wanted = new StringBuilder();
        for (int i = 1; i <= 100000; i++) {
            wanted.append(i).append('\n');
        }
        for (int rank = 0; rank < 2; rank++) {
            int each = rank;
            String out = result.events().stream()
                    .filter(event -> event instanceof JobEvent.Output output
                            && output.rank() == each
                            && output.stream() == OutputStreamName.STDOUT)
                    .map(event -> new String(((JobEvent.Output) event).bytes(), StandardCharsets.UTF_8))
                    .reduce("", String::concat);
            assertThat(out).isEqualTo(wanted.toString());
        }
    }

    @Test
    void a_program_that_is_not_there_is_said_clearly() throws IOException {
        Result result = cluster.run(cluster.order("missing", new Program.Command("no-such-program", List.of()), 2));

        assertThat(result.outcome().exitCode()).isEqualTo(127);
        assertThat(result.outcome().cause()).contains("cannot be started").contains("no-such-program");
    }

    @Test
    void a_job_can_be_cancelled() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            head.submit(cluster.order("cancelled", sh("echo up; sleep 1000"), 2));
            cluster.awaitOutput(head, "cancelled", 1);
            head.cancel(cluster.id("cancelled"), "enough");

            JobOutcome outcome = cluster.follow(head, "cancelled").outcome();
            assertThat(outcome).isEqualTo(JobOutcome.cancelled("enough"));
            assertThat(head.jobs()).contains(new JobSummary(cluster.id("cancelled"), 2, Optional.of(outcome)));
        }
    }

    @Test
    void the_wall_time_ends_a_job_also_when_it_ignores_signals() throws IOException {
        Result result = cluster.run(cluster.order(
                "slow", sh("trap '' TERM; while :; do sleep 1; done"), 2, Optional.of(Duration.ofSeconds(1))));

        assertThat(result.outcome().exitCode()).isEqualTo(124);
    }

    @Test
    void following_goes_on_from_any_entry() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            head.submit(cluster.order("followed", sh("seq 1 5"), 2));
            List<Long> offsets = new ArrayList<>();
            head.follow(cluster.id("followed"), 0, entry -> offsets.add(entry.offset()));
            for (int i = 0; i < offsets.size(); i++) {
                List<Long> rest = new ArrayList<>();
                head.follow(cluster.id("followed"), offsets.get(i), entry -> rest.add(entry.offset()));
                assertThat(rest).isEqualTo(offsets.subList(i, offsets.size()));
            }
            assertThatThrownBy(() -> head.follow(cluster.id("followed"), 1, entry -> {}))
                    .isInstanceOf(AgentException.class);
        }
    }

    @Test
    void what_is_present_comes_without_waiting_for_more() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            String id = cluster.id("present");
            head.submit(cluster.order("present", sh("echo up; sleep 1000"), 2));
            cluster.awaitOutput(head, "present", 0);
            List<JournalEntry> present = new ArrayList<>();
            assertThat(head.followPresent(id, 0, present::add)).isFalse();
            assertThat(present)
                    .extracting(JournalEntry::event)
                    .anyMatch(event -> event instanceof JobEvent.Output output && output.rank() == 0);
            head.cancel(id, "enough");
            TestCluster.Result all = cluster.follow(head, "present");

            long next = present.getLast().nextOffset();
            assertThat(head.followPresent(id, next, present::add)).isTrue();
            assertThat(present).hasSameSizeAs(all.events());
            assertThat(present.getLast().event()).isInstanceOf(JobEvent.Ended.class);
            long end = present.getLast().nextOffset();
            assertThat(head.followPresent(id, end, present::add)).isFalse();
            assertThatThrownBy(() -> head.followPresent(id, end + 1, present::add))
                    .isInstanceOf(AgentException.class);
        }
    }

    @Test
    void what_is_present_has_an_end_though_the_job_writes_without_pause() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            head.submit(cluster.order("endless", sh("while :; do echo and on; done"), 1));
            cluster.awaitOutput(head, "endless", 0);
            assertThat(head.followPresent(cluster.id("endless"), 0, entry -> {}))
                    .isFalse();
            head.cancel(cluster.id("endless"), "enough");
            cluster.follow(head, "endless");
        }
    }

    @Test
    void files_go_there_and_come_back() throws IOException {
        Path script = Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\ncat in/data > out.txt; echo done\n");
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        Path input = Files.write(folder.resolve("data"), data);
        List<StagedFile> files =
                List.of(new StagedFile(script, "run.sh", true), new StagedFile(input, "in/data", false));
        try (AgentClient head = cluster.client(0);
                AgentClient other = cluster.client(1)) {
            for (AgentClient each : List.of(head, other)) {
                List<Long> progress = new ArrayList<>();
                each.stage(cluster.id("files"), files, progress::add);
                assertThat(progress.getLast()).isEqualTo(data.length + Files.size(script));
                each.stage(cluster.id("files"), files, bytes -> {});
            }
            head.submit(cluster.order("files", new Program.Command("./run.sh", List.of()), 2));
            assertThat(cluster.follow(head, "files").outcome()).isEqualTo(JobOutcome.done());

            List<FoundFile> found = other.findFiles(cluster.id("files"), List.of("*.txt"));
            assertThat(found).extracting(FoundFile::relativePath).containsExactly("out.txt");
            ByteArrayOutputStream fetched = new ByteArrayOutputStream();
            other.fetch(cluster.id("files"), found.getFirst(), fetched);
            assertThat(fetched.toByteArray()).isEqualTo(data);
            FoundFile port = new FoundFile("../../port", 5, found.getFirst().sha256(), false);
            assertThatThrownBy(() -> other.fetch(cluster.id("files"), port, new ByteArrayOutputStream()))
                    .hasMessageContaining("does not lie in the work folder");
            FoundFile shorter = new FoundFile("out.txt", 7, found.getFirst().sha256(), false);
            assertThatThrownBy(() -> other.fetch(cluster.id("files"), shorter, new ByteArrayOutputStream()))
                    .hasMessageContaining("longer than the 7 bytes");
            FoundFile changed = new FoundFile("out.txt", data.length, "0".repeat(64), false);
            assertThatThrownBy(() -> other.fetch(cluster.id("files"), changed, new ByteArrayOutputStream()))
                    .hasMessageContaining("did it change");
            assertThatThrownBy(() -> other.stage(
                            cluster.id("files"), List.of(new StagedFile(script, "../x", true)), bytes -> {}))
                    .hasMessageContaining("does not lie in the work folder");
            other.remove(cluster.id("files"));
            other.remove(cluster.id("files"));
            assertThatThrownBy(() -> other.findFiles(cluster.id("files"), List.of("*")))
                    .isInstanceOf(AgentException.class);
        }
    }

    @Test
    void a_listing_of_many_files_arrives_wholly() throws IOException {
        cluster.run(cluster.order("many", sh("for i in $(seq 1 2500); do : > f$i; done"), 1));
        try (AgentClient head = cluster.client(0)) {
            assertThat(head.findFiles(cluster.id("many"), List.of("f*"))).hasSize(2500);
            assertThat(head.findFiles(cluster.id("many"), List.of("g*"))).isEmpty();
        }
    }

    @Test
    void a_job_is_submitted_once() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            head.submit(cluster.order("once", sh("true"), 1));
            assertThatThrownBy(() -> head.submit(cluster.order("once", sh("true"), 1)))
                    .hasMessageContaining("was submitted before");
            cluster.follow(head, "once");
            assertThatThrownBy(() -> cluster.follow(head, "never")).isInstanceOf(AgentException.class);
        }
    }

    @Test
    void agents_measure_and_describe() throws IOException {
        try (AgentClient head = cluster.client(0)) {
            Member neighbour = new Member("n1", "127.0.0.1", cluster.port(1), 2);
            PreflightResult result = head.preflight(neighbour);
            assertThat(result.latencyMicros()).isPositive();
            assertThat(result.bandwidthBytesPerSecond()).isPositive();
            assertThat(Math.abs(result.clockOffsetMillis())).isLessThan(1000);
            head.setMembers(List.of(neighbour));
            AgentDescription description = head.describe();
            assertThat(description.node()).isEqualTo("n0");
            assertThat(description.members()).containsExactly(neighbour);
            assertThat(description.memoryBytes()).isPositive();
        }
    }

    @Test
    void a_second_agent_of_a_folder_leaves() throws Exception {
        Process second = cluster.again(1);
        assertThat(second.waitFor()).isZero();
        assertThat(cluster.output(1)).contains("runs here already").contains(Integer.toString(cluster.port(1)));
    }
}
