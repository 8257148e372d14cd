package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.launch.ProcessMark;
import io.muster.launch.RuntimeHome;
import io.muster.mpirun.Mpirun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of ports between runs of mpirun, and processes that no launcher started, on this machine. */
@Timeout(120)
final class NamesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String name = "service/" + UUID.randomUUID();
    private final ProcessMark mark = ProcessMark.random("TEST");

    @AfterEach
    void nothing_is_left() {
        assertThat(mark.killAll(DEADLINE)).isEmpty();
    }

    private Process start(int ranks, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                RuntimeHome.java().toString(),
                // Else a process that waits long enough to sleep warns of it, among its output.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        if (ranks > 0) {
            command.addAll(List.of(
                    Mpirun.class.getName(),
                    "-n",
                    String.valueOf(ranks),
                    "--cp",
                    System.getProperty("java.class.path")));
        }
        command.add(NamesProgram.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        mark.putInto(builder.environment());
        return builder.start();
    }

    private static String line(Process process) throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        return line == null ? "" : line;
    }

    private static List<String> rest(Process process) throws InterruptedException {
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).as(lines.toString()).isZero();
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "1, 0", "0, 2", "0, 0"})
    void two_jobs_meet_by_a_name(int serving, int calling) throws Exception {
        Process server = start(serving, "serve", name);
        assertThat(line(server)).isEqualTo(NamesProgram.UP);
        Process caller = start(calling, "call", name);
        assertThat(rest(server)).hasSize(Math.max(serving, 1)).containsOnly("met " + Math.max(calling, 1));
        assertThat(rest(caller)).hasSize(Math.max(calling, 1)).containsOnly("met " + Math.max(serving, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void what_is_wrong_has_the_class_of_the_standard(int ranks) throws Exception {
        assertThat(rest(start(ranks, "errors", name))).hasSize(ranks).containsOnly("content");
    }

    @Test
    void a_process_that_no_launcher_started_gets_the_same_errors() throws Exception {
        assertThat(rest(start(0, "errors", name))).containsExactly("content");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_name_goes_with_its_job_also_when_that_is_killed(int ranks) throws Exception {
        Process holder = start(ranks, "hold", name);
        assertThat(line(holder)).isEqualTo(NamesProgram.UP);
        assertThat(rest(start(1, "check", name))).containsExactly("found port of " + name);
        List<Path> folders = folders(holder);
        assertThat(folders).hasSize(1);
        holder.destroyForcibly().waitFor();
        await().atMost(DEADLINE).until(() -> folders.stream().noneMatch(Files::exists));
        assertThat(rest(start(0, "check", name))).containsExactly("not found");
    }

    @Test
    void a_name_goes_with_its_job_when_that_ends() throws Exception {
        assertThat(rest(start(2, "leave", name))).isEmpty();
        assertThat(rest(start(0, "leave", name))).isEmpty();
        assertThat(rest(start(1, "check", name))).containsExactly("not found");
    }

    @Test
    void of_several_that_publish_a_name_one_succeeds() throws Exception {
        List<Process> racers = new ArrayList<>();
        for (int ranks : new int[] {0, 1, 0, 1}) {
            racers.add(start(ranks, "race", name));
        }
        for (Process racer : racers) {
            assertThat(line(racer)).isEqualTo(NamesProgram.UP);
        }
        for (Process racer : racers) {
            racer.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
        }
        long won = 0;
        for (Process racer : racers) {
            won += Long.parseLong(line(racer));
        }
        assertThat(won).isEqualTo(100);
        for (Process racer : racers) {
            racer.outputWriter(StandardCharsets.UTF_8).close();
            assertThat(rest(racer)).isEmpty();
        }
    }

    private static List<Path> folders(Process process) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
            return all.filter(each -> each.getFileName().toString().contains("-" + process.pid() + "-"))
                    .toList();
        }
    }
}
