package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.api.OutputLine;
import io.muster.api.OutputLine.Stream;
import io.muster.spec.JobSpec;
import io.muster.spec.Oversubscribe;
import io.muster.spec.Program;
import io.muster.state.JobState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JobCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private CliFixture cli;

    @BeforeEach
    void stand() {
        cli = new CliFixture(folder).withCluster();
    }

    @Test
    void run_shows_each_stream_where_it_belongs_and_ends_with_zero() {
        cli.muster.rank(0, Stream.STDOUT, "hello").rank(1, Stream.STDERR, "careful");

        int code = cli.run("run", "heat", "-n", "2", "--out", "*.png", "--", "heat.jar", "--output", "x.png");

        assertThat(code).isZero();
        assertThat(cli.out()).isEqualTo("hello\n");
        assertThat(cli.err())
                .contains("✔ stage", "✔ launch", "careful\n", "job heat.1 is done after 12.0 s", "fetched *.png");
        assertThat(cli.muster.closed).isTrue();
    }

    @Test
    void run_hands_every_option_to_the_job() {
        int code = cli.run(
                "run",
                "heat",
                "-n",
                "4",
                "--per-node",
                "2",
                "--in",
                "a*",
                "--in",
                "b",
                "--out",
                "c",
                "--env",
                "K=V=W",
                "--jvm-opt=-Xmx1g",
                "--jvm-opt",
                "-verbose:gc",
                "--cp",
                "x.jar:build",
                "--oversubscribe",
                "--time",
                "1h30m",
                "--name",
                "night",
                "--",
                "org.example.Main",
                "-n",
                "7",
                "--",
                "z");

        assertThat(cli.err()).doesNotContain("muster:");
        assertThat(code).isZero();
        JobSpec spec = cli.muster.specOf("heat.1");
        assertThat(spec.program())
                .isEqualTo(new Program.MainClass(
                        "org.example.Main", List.of("x.jar", "build"), List.of("-n", "7", "--", "z")));
        assertThat(spec.ranks()).isEqualTo(4);
        assertThat(spec.perNode()).isEqualTo(Optional.of(2));
        assertThat(spec.inputs()).containsExactly("a*", "b");
        assertThat(spec.outputs()).containsExactly("c");
        assertThat(spec.environment()).isEqualTo(Map.of("K", "V=W"));
        assertThat(spec.jvmOptions()).containsExactly("-Xmx1g", "-verbose:gc");
        assertThat(spec.wallTime()).contains(Duration.ofMinutes(90));
        assertThat(spec.oversubscribe()).isEqualTo(Oversubscribe.ALLOW);
        assertThat(spec.name()).isEqualTo("night");
    }

    @Test
    void a_program_is_a_jar_by_its_ending_a_class_by_the_class_path_and_else_a_command() {
        assertThat(ProgramWords.program(List.of("a/heat.jar", "x"), ""))
                .isEqualTo(new Program.Jar("a/heat.jar", List.of("x")));
        assertThat(ProgramWords.program(List.of("Main"), "lib"))
                .isEqualTo(new Program.MainClass("Main", List.of("lib"), List.of()));
        assertThat(ProgramWords.program(List.of("Main"), "")).isEqualTo(new Program.Command(List.of("Main")));
        assertThat(ProgramWords.program(List.of("./a.out", "x"), "lib"))
                .isEqualTo(new Program.Command(List.of("./a.out", "x")));
    }

    @Test
    void run_ends_with_the_jobs_own_code() {
        cli.muster.endsWith(JobState.FAILED, 7, "rank 3 on heat-2 ended with 7");

        assertThat(cli.run("run", "heat", "-n", "8", "--", "false")).isEqualTo(7);
        assertThat(cli.err()).contains("job heat.1 failed after 12.0 s, exit code 7: rank 3 on heat-2 ended with 7");
    }

    @Test
    void a_job_that_was_lost_is_an_infrastructure_failure() {
        cli.muster.endsWith(JobState.LOST, 0, "the head node is gone");

        assertThat(cli.run("run", "heat", "-n", "8", "--", "false")).isEqualTo(3);
        assertThat(cli.err()).contains("job heat.1 is lost: the head node is gone");
    }

    @Test
    void lines_can_be_tagged_and_keep_their_bytes() {
        byte[] notText = {(byte) 0xff, 0, 'a'};
        cli.muster.lines.add(new OutputLine(3, Stream.STDOUT, notText));

        cli.run("run", "heat", "-n", "4", "--tag-output", "--", "x");

        assertThat(cli.outBytes.toByteArray()).isEqualTo(new byte[] {'[', '3', ']', ' ', (byte) 0xff, 0, 'a', '\n'});
    }

    @Test
    void run_as_json_is_one_document_with_the_output_beside_it() {
        cli.muster.rank(0, Stream.STDOUT, "hello");

        assertThat(cli.run("--output", "json", "run", "heat", "-n", "2", "--out", "r.csv", "--", "x"))
                .isZero();

        JsonNode job = JSON.readTree(cli.out());
        assertThat(job.get("job").asString()).isEqualTo("heat.1");
        assertThat(job.get("state").asString()).isEqualTo("done");
        assertThat(job.get("exitCode").asInt()).isZero();
        assertThat(job.get("outputs").get(0).asString())
                .isEqualTo(folder.resolve("r.csv").toString());
        assertThat(cli.err()).contains("hello\n");
    }

    @Test
    void ctrl_c_cancels_the_job_and_waits() throws InterruptedException {
        cli.muster.hang();
        Thread user = Thread.ofVirtual().start(() -> {
            try {
                cli.muster.following.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cli.interrupts.fire();
        });

        int code = cli.run("run", "heat", "-n", "2", "--", "sleep", "1000");
        user.join();

        assertThat(code).isEqualTo(130);
        assertThat(cli.muster.job("heat.1").state()).isEqualTo(JobState.CANCELLED);
        assertThat(cli.err()).contains("cancelling job heat.1", "job heat.1 was cancelled after 12.0 s");
        assertThat(cli.left).hasValue(0);
        cli.interrupts.fire();
        assertThat(cli.left).hasValue(1);
    }

    @Test
    void ctrl_c_while_following_leaves_the_job_alone() throws InterruptedException {
        cli.run("submit", "heat", "-n", "2", "--", "sleep", "1000");
        cli.muster.hang();
        Thread user = Thread.ofVirtual().start(() -> {
            try {
                cli.muster.following.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cli.interrupts.fire();
        });

        int code = cli.run("logs", "-f", "heat.1");
        assertThat(Thread.interrupted())
                .as("the interrupt is left for the caller")
                .isTrue();
        user.join();

        assertThat(code).isEqualTo(130);
        assertThat(cli.muster.job("heat.1").state()).isEqualTo(JobState.RUNNING);
        assertThat(cli.err()).contains("the job goes on; muster logs -f heat.1 follows it again");
    }

    @Test
    void submit_prints_the_id_and_nothing_else_on_stdout() {
        assertThat(cli.run("submit", "heat", "-n", "2", "--", "x")).isZero();
        assertThat(cli.out()).isEqualTo("heat.1\n");
    }

    @Test
    void logs_can_be_of_one_rank_and_as_json_lines() {
        cli.run("submit", "heat", "-n", "2", "--", "x");
        cli.muster.rank(0, Stream.STDOUT, "a").rank(1, Stream.STDERR, "b");
        cli.muster.lines.add(new OutputLine(1, Stream.STDOUT, new byte[] {(byte) 0xc3}));

        assertThat(cli.run("logs", "heat.1", "--rank", "0")).isZero();
        assertThat(cli.out()).isEqualTo("a\n");

        assertThat(cli.run("logs", "heat.1", "--output", "json")).isZero();
        List<JsonNode> lines = cli.out().lines().map(JSON::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1).get("stream").asString()).isEqualTo("stderr");
        assertThat(lines.get(1).get("text").asString()).isEqualTo("b");
        assertThat(lines.get(2).get("base64").asString()).isEqualTo("ww==");
    }

    @Test
    void logs_can_be_of_a_rank_that_others_have_spawned() {
        cli.run("submit", "heat", "-n", "2", "--", "x");
        cli.muster.rank(0, Stream.STDOUT, "a").rank(3, Stream.STDOUT, "d");

        assertThat(cli.run("logs", "heat.1", "--rank", "3")).isZero();
        assertThat(cli.out()).isEqualTo("d\n");
        assertThat(cli.run("logs", "heat.1", "--rank", "4")).isEqualTo(2);
        assertThat(cli.err()).contains("job heat.1 has no rank 4", "give a rank from 0 to 3");
    }

    @Test
    void logs_of_a_rank_that_is_not_there_say_which_are() {
        cli.run("submit", "heat", "-n", "2", "--", "x");

        assertThat(cli.run("logs", "heat.1", "--rank", "2")).isEqualTo(2);
        assertThat(cli.err()).contains("job heat.1 has no rank 2", "give a rank from 0 to 1");
    }

    @Test
    void a_reader_that_goes_away_ends_logs_quietly() {
        cli.run("submit", "heat", "-n", "2", "--", "x");
        cli.muster.rank(0, Stream.STDOUT, "a").rank(0, Stream.STDOUT, "b").hang();
        cli.outStream = new ClosedPipe();

        assertThat(cli.run("logs", "-f", "heat.1")).isZero();
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void a_reader_that_goes_away_does_not_end_run() {
        cli.muster.rank(0, Stream.STDOUT, "a").rank(0, Stream.STDOUT, "b").endsWith(JobState.FAILED, 5, "");
        cli.outStream = new ClosedPipe();

        assertThat(cli.run("run", "heat", "-n", "2", "--", "x")).isEqualTo(5);
    }

    @Test
    void jobs_are_a_table_or_an_array() {
        cli.run("submit", "heat", "-n", "2", "--", "heat.jar", "--size", "10");

        assertThat(cli.run("jobs", "heat")).isZero();
        assertThat(cli.out()).contains("JOB", "heat.1  running", "heat.jar --size 10");
        assertThat(cli.run("jobs", "--output", "json")).isZero();
        assertThat(JSON.readTree(cli.out()).get(0).get("command").asString()).isEqualTo("heat.jar --size 10");
    }

    @Test
    void no_job_is_an_empty_array_and_a_hint_for_a_person() {
        assertThat(cli.run("jobs", "--output", "json")).isZero();
        assertThat(cli.out().strip()).isEqualTo("[ ]");
        assertThat(cli.run("jobs")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("no job yet");
    }

    @Test
    void cancel_says_how_the_job_ended() {
        cli.run("submit", "heat", "-n", "2", "--", "x");

        assertThat(cli.run("cancel", "heat.1")).isZero();
        assertThat(cli.err()).contains("job heat.1 was cancelled");
        assertThat(cli.run("cancel", "heat.9")).isEqualTo(4);
    }

    @Test
    void variables_come_from_the_command_line_its_environment_and_files() throws IOException {
        cli.environment.put("TOKEN", "secret");
        Files.writeString(cli.folder.resolve("vars"), "# a comment\n\nA=1=2\n TOKEN \nB=file\n");
        assertThat(cli.run("run", "heat", "-n", "1", "--env-file", "vars", "-x", "B=line", "--", "x"))
                .isZero();
        assertThat(cli.muster.specOf("heat.1").environment())
                .isEqualTo(Map.of("A", "1=2", "TOKEN", "secret", "B", "line"));
        Files.writeString(cli.folder.resolve("vars"), "A=1\nUNSET\n");
        assertThat(cli.run("run", "heat", "-n", "1", "--env-file", "vars", "--", "x"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("UNSET", "vars line 2");
        assertThat(cli.run("submit", "heat", "-n", "1", "--env-file", "none", "--", "x"))
                .isEqualTo(2);
        assertThat(cli.run("run", "heat", "-n", "1", "--env", "=x", "--", "x")).isEqualTo(2);
    }

    @Test
    void options_of_batch_systems_work_or_are_answered() {
        assertThat(cli.run("run", "heat", "--ntasks", "2", "--ntasks-per-node", "1", "--time", "1-02:03:04", "--", "x"))
                .isZero();
        JobSpec spec = cli.muster.specOf("heat.1");
        assertThat(spec.ranks()).isEqualTo(2);
        assertThat(spec.perNode()).contains(1);
        assertThat(spec.wallTime())
                .contains(Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4));
        assertThat(cli.run("run", "heat", "-np", "2", "--", "x")).isZero();
        assertThat(cli.run("run", "heat", "-n", "2", "--hostfile", "hosts", "--", "x"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("--per-node");
    }

    @Test
    void standard_input_is_a_file_or_what_the_command_reads() throws IOException {
        assertThat(cli.run("submit", "heat", "-n", "1", "--stdin", "in.txt", "--", "x"))
                .isZero();
        assertThat(cli.muster.specOf("heat.1").stdin()).contains("in.txt");
        cli.inputFile = Optional.of(Files.writeString(cli.folder.resolve("redirected"), "1 2 3"));
        assertThat(cli.run("submit", "heat", "-n", "1", "--", "x")).isZero();
        assertThat(cli.muster.specOf("heat.2").stdin()).isEmpty();
        assertThat(cli.run("run", "heat", "-n", "1", "--", "x")).isZero();
        Path copy = Path.of(cli.muster.specOf("heat.3").stdin().orElseThrow());
        assertThat(copy).as("the copy goes when the job has it").doesNotExist();
        cli.typed = "typed";
        assertThat(cli.run("run", "heat", "-n", "1", "--stdin", "-", "--", "x")).isZero();
        assertThat(cli.muster.specOf("heat.4").stdin()).isPresent();
    }

    @Test
    void wrong_values_of_a_job_are_wrong_input() {
        assertThat(cli.run("run", "heat", "-n", "0", "--", "x")).isEqualTo(2);
        assertThat(cli.err()).contains("muster: 0 ranks", "next:");
        assertThat(cli.run("run", "heat", "-n", "2", "--time", "soon", "--", "x"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("\"soon\" is no duration");
        assertThat(cli.run("run", "heat", "-n", "two", "--", "x")).isEqualTo(2);
        assertThat(cli.err()).contains("'two' is not an int");
        assertThat(cli.run("run", "heat", "-n", "2")).isEqualTo(2);
        assertThat(cli.err()).contains("issing required parameter", "muster run --help");
        assertThat(cli.run("run", "heat", "-n", "2", "--env", "K", "--", "x")).isEqualTo(2);
        assertThat(cli.run("run", "heat", "-n", "2", "x.jar", "--size", "3")).isEqualTo(2);
        assertThat(cli.err()).contains("there is no option --size", "put -- before the program");
    }

    @Test
    void mpirun_of_what_is_not_there_is_wrong_input() {
        assertThat(cli.run("mpirun", "-n", "2", "missing.jar")).isEqualTo(2);
        assertThat(cli.err()).contains("missing.jar is not there", "where: muster mpirun", "next:");
    }

    /** A pipe whose reader is gone. */
    private static final class ClosedPipe extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
