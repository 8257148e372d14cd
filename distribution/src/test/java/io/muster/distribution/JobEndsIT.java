package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.distribution.MusterCommand.Result;
import io.muster.distribution.MusterCommand.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** However a job ends, it ends with the right code and nothing of it is left on any node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobEndsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern PID = Pattern.compile("rank (\\d+) is here, pid (\\d+)");

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    @BeforeAll
    void up() {
        muster = new MusterCommand(temp);
        muster.file("ends.yaml", """
                cluster: ends
                provider: local
                nodes:
                  count: 3
                  slots: 2
                """);
        repair();
    }

    @AfterEach
    void nothing_of_the_job_is_left() {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(muster.processesOfJobs())
                    .as("processes of jobs")
                    .noneMatch(process -> process.contains("Misbehave")
                            || process.contains("Talk")
                            || process.contains("Family")
                            || process.contains("sleep 600")
                            || process.contains("Supervisor"));
            assertThat(muster.sharedMemoryOfJobs()).as("shared memory of jobs").isEmpty();
        });
    }

    @AfterAll
    void down() {
        Result down = muster.run("down", "ends");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(muster.leftOvers()).isEmpty();
    }

    @Test
    void success_is_0_and_every_line_is_there() {
        Result run = misbehave("well", 0).await();
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.endsWith(" is done"))).hasSize(6);
    }

    @Test
    void a_throw_in_one_rank_is_1_and_its_trace_arrives() {
        Result run = misbehave("throw", 4).await();
        assertThat(run.exit()).as(run.toString()).isEqualTo(1);
        assertThat(run.err()).contains("rank 4 throws");
    }

    @Test
    void the_exit_code_of_the_first_rank_that_failed_is_the_jobs() {
        Result run = misbehave("exit", 2).await();
        assertThat(run.exit()).as(run.toString()).isEqualTo(3);
        assertThat(run.out().lines().filter(line -> line.contains(" is here"))).hasSize(6);
    }

    @Test
    void children_of_a_rank_die_with_the_job() {
        assertThat(misbehave("orphan", 5).await().exit()).isEqualTo(7);
    }

    @Test
    void what_drops_its_environment_and_its_session_dies_with_the_job() {
        String detached = "env -i setsid sh -c 'echo pid $$; exec sleep 600 >/dev/null 2>&1' & sleep 1";
        Result run = muster.run("run", "ends", "-n", "2", "--", "sh", "-c", detached);
        assertThat(run.exit()).as(run.toString()).isZero();
        List<Long> pids = run.out()
                .lines()
                .map(line -> Long.parseLong(line.replace("pid ", "")))
                .toList();
        assertThat(pids).hasSize(2);
        // Not even as zombies: the agent has them as its children.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pids.stream().map(pid -> Path.of("/proc/" + pid)))
                        .noneMatch(Files::exists));
    }

    @Test
    void spawned_ranks_belong_to_the_job_and_to_its_end() {
        Result well = family("well");
        assertThat(well.exit()).as(well.toString()).isZero();
        Result die = family("die");
        assertThat(die.exit()).as(die.toString()).isEqualTo(9);
        for (Result run : List.of(well, die)) {
            assertThat(run.out().lines())
                    .containsExactlyInAnyOrder(
                            "parent 0 got 6",
                            "parent 1 got 6",
                            "parent 2 got 6",
                            "child 0 got 6",
                            "child 1 got 6",
                            "child 2 got 6");
        }
    }

    private Result family(String end) {
        return muster.run("run", "ends", "-n", "3", "--cp", classes(), "--", program("Family"), end);
    }

    @Test
    void a_killed_rank_is_137() throws IOException {
        Running run = misbehave("wait", 0);
        kill(pidOfRank(run, 3));
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(137);
    }

    @Test
    void a_killed_agent_ends_the_job_with_3_and_up_repairs() throws IOException {
        Running run = misbehave("wait", 0);
        pidOfRank(run, 5);
        kill(processOf("ends-2", "AgentMain"));
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(3);
        assertThat(result.err()).contains("ends-2");
        repair();
    }

    @Test
    void a_killed_node_ends_the_job_with_3_and_up_repairs() throws IOException {
        Running run = misbehave("wait", 0);
        pidOfRank(run, 5);
        kill(processOf("ends-3", "muster-node"));
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(3);
        repair();
    }

    @Test
    void a_killed_head_node_ends_the_job_and_up_repairs() throws IOException {
        Running run = misbehave("wait", 0);
        pidOfRank(run, 5);
        kill(processOf("ends-1", "muster-node"));
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(3);
        repair();
    }

    @Test
    void a_killed_supervisor_ends_the_job_with_3() throws IOException {
        Running run = misbehave("wait", 0);
        pidOfRank(run, 5);
        kill(processOf("ends-1", "SupervisorMain"));
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(3);
        assertThat(result.err()).contains("supervisor");
    }

    @Test
    void interrupting_run_cancels_the_job() throws IOException {
        // Where the tests run in the background of a shell, children ignore SIGINT unless told otherwise.
        Running run = muster.startCommand(List.of(
                "env",
                "--default-signal=INT",
                MusterCommand.DIST.resolve("bin/muster").toString(),
                "run",
                "ends",
                "-n",
                "6",
                "--cp",
                classes(),
                "--",
                program("Misbehave"),
                "wait",
                "0"));
        pidOfRank(run, 5);
        new ProcessBuilder("kill", "-INT", Long.toString(run.process().pid())).start();
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(130);
    }

    @Test
    void a_killed_manager_misses_no_line() throws IOException {
        String lines = "40";
        Running run = muster.start("run", "ends", "-n", "6", "--cp", classes(), "--", program("Talk"), lines, "100");
        await().atMost(SOON).until(() -> run.outSoFar().contains("line 5"));
        run.process().destroyForcibly();
        assertThat(run.await().exit()).isEqualTo(137);
        String job = newestJob();
        Result logs = muster.run("logs", "-f", job);
        assertThat(logs.exit()).as(logs.toString()).isZero();
        for (int rank = 0; rank < 6; rank++) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(lines); i++) {
                expected.add("rank " + rank + " line " + i);
            }
            String mine = "rank " + rank + " ";
            assertThat(logs.out()
                            .lines()
                            .map(line -> line.replaceFirst("^\\[\\d+\\] ", ""))
                            .filter(line -> line.startsWith(mine)))
                    .as("output of rank " + rank)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void cancel_ends_a_submitted_job() {
        Result submit =
                muster.run("submit", "ends", "-n", "6", "--cp", classes(), "--", program("Misbehave"), "wait", "0");
        assertThat(submit.exit()).as(submit.toString()).isZero();
        String job = submit.out().strip();
        await().atMost(SOON)
                .until(() -> muster.run("logs", job)
                                .out()
                                .lines()
                                .filter(line -> line.contains(" is here"))
                                .count()
                        == 6);
        Result cancel = muster.run("cancel", job);
        assertThat(cancel.exit()).as(cancel.toString()).isZero();
        assertThat(muster.run("jobs", "ends").out().lines().filter(line -> line.startsWith(job + " ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("cancelled", "130"));
        assertThat(muster.run("logs", "-f", job).out()).contains(" is here");
    }

    @Test
    void too_many_ranks_and_a_missing_jar_are_wrong_input() {
        Result many = muster.run("run", "ends", "-n", "7", "--", "true");
        assertThat(many.exit()).isEqualTo(2);
        assertThat(many.err()).contains("--oversubscribe");
        assertThat(muster.run("run", "ends", "-n", "7", "--oversubscribe", "--", "true")
                        .exit())
                .isZero();
        Result jar = muster.run("run", "ends", "-n", "1", "--", "nothing.jar");
        assertThat(jar.exit()).isEqualTo(2);
        assertThat(jar.err()).contains("nothing.jar");
    }

    private Running misbehave(String how, int rank) {
        return muster.start(
                "run", "ends", "-n", "6", "--cp", classes(), "--", program("Misbehave"), how, Integer.toString(rank));
    }

    private static String program(String name) {
        return "io.muster.distribution.programs." + name;
    }

    private static String classes() {
        return Path.of("target", "test-classes").toAbsolutePath().toString();
    }

    private void repair() {
        Result up = muster.run("up", "ends.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
    }

    private String newestJob() {
        return muster.run("jobs", "ends")
                .out()
                .lines()
                .flatMap(line -> Pattern.compile("ends\\.\\d+").matcher(line).results())
                .map(match -> match.group())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** Waits until every rank has said that it is there, then answers the process of one. */
    private static long pidOfRank(Running run, int rank) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> PID.matcher(run.outSoFar()).results().count() == 6);
        Matcher matcher = PID.matcher(run.outSoFar());
        while (matcher.find()) {
            if (Integer.parseInt(matcher.group(1)) == rank) {
                return Long.parseLong(matcher.group(2));
            }
        }
        throw new AssertionError("rank " + rank + " did not say its pid:\n" + run.outSoFar());
    }

    private long processOf(String node, String mainClass) {
        Optional<String> found = muster.processes().stream()
                .filter(process -> process.contains(mainClass) && process.contains("/" + node + "/"))
                .findFirst();
        return Long.parseLong(found.orElseThrow(() -> new AssertionError(
                        "no " + mainClass + " of " + node + " in " + String.join("\n", muster.processes())))
                .split(" ")[0]);
    }

    private static void kill(long pid) throws IOException {
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start();
    }
}
