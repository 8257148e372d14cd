package io.muster.mpirun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.launch.ProcessMark;
import io.muster.launch.RuntimeHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MpirunIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private record Result(int exitCode, String out, String err) {}

    private static Result mpirun(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Mpirun.main(List.of(arguments), out, err);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String testClasses() throws Exception {
        return Path.of(MpirunIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "tcp"})
    void an_mpi_program_runs_over_both_transports(String transport) throws Exception {
        Result result = mpirun(
                "-n", "3", "--transport", transport, "--tag-output", "--cp", testClasses(), SumProgram.class.getName());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines()).containsExactlyInAnyOrder("[0] sum 6", "[1] sum 6", "[2] sum 6");
    }

    @Test
    void system_exit_in_one_rank_ends_all_with_its_code() throws Exception {
        Result result = mpirun("-n", "3", "--cp", testClasses(), SumProgram.class.getName(), "exit");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("mpirun: rank 1 on localhost: exit code 3");
    }

    @Test
    void a_throw_in_one_rank_ends_all_and_is_shown() throws Exception {
        Result result = mpirun("-n", "3", "--cp", testClasses(), SumProgram.class.getName(), "throw");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("thrown by rank 1").contains("mpirun: rank 1 on localhost: exit code 1");
        assertThat(result.err().lines().filter(line -> line.contains("Exception in thread")))
                .as("one stack trace")
                .hasSize(1);
    }

    @Test
    void ranks_that_run_too_long_are_ended() {
        Result result = mpirun("-n", "2", "--time", "1", "sleep", "1000");
        assertThat(result.exitCode()).isEqualTo(124);
        assertThat(result.err()).contains("mpirun: ");
    }

    @Test
    void wrong_arguments_are_said() {
        assertThat(mpirun("-n", "0", "true").err()).contains("-n is 0");
        assertThat(mpirun("-n", "x", "true").exitCode()).isEqualTo(2);
        assertThat(mpirun("--time", "soon", "true").err()).contains("--time is 'soon'");
        assertThat(mpirun("--what").err()).contains("there is no option --what");
        assertThat(mpirun("-n", "2").err()).contains("no program is named");
        assertThat(mpirun("missing.jar").err()).contains("missing.jar is not there");
        assertThat(mpirun("missing.jar").exitCode()).isEqualTo(2);
        assertThat(mpirun("-n", "2", "no-such-command").err()).contains("there is no command no-such-command");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_is_left_when_mpirun_is_ended(boolean forcibly) throws IOException {
        ProcessMark mark = ProcessMark.random("TEST");
        List<String> command = new ArrayList<>(
                List.of(RuntimeHome.java().toString(), "-cp", RuntimeHome.jar().toString(), Mpirun.class.getName()));
        command.addAll(List.of("-n", "2", "sh", "-c", "(setsid sleep 1000 &) ; echo up; sleep 1000"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        mark.putInto(builder.environment());
        Process process = builder.start();
        try {
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("up");
            if (forcibly) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            await().atMost(DEADLINE).untilAsserted(() -> {
                assertThat(mark.find()).isEmpty();
                assertThat(sharedFolders(process.pid())).isEmpty();
            });
        } finally {
            assertThat(mark.killAll(DEADLINE)).isEmpty();
        }
    }

    @Test
    void rank_0_reads_the_standard_input_of_mpirun() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        RuntimeHome.java().toString(),
                        "-cp",
                        RuntimeHome.jar().toString(),
                        Mpirun.class.getName(),
                        "-n",
                        "2",
                        "sh",
                        "-c",
                        "echo $MUSTER_RANK $(cat)")
                .redirectErrorStream(true)
                .start();
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write("hello\n");
        }
        assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).containsExactlyInAnyOrder("0 hello", "1");
        assertThat(process.waitFor()).isZero();
    }

    private static List<Path> sharedFolders(long pid) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
            return all.filter(each -> each.getFileName().toString().startsWith("muster-mpirun-" + pid + "-"))
                    .toList();
        }
    }
}
