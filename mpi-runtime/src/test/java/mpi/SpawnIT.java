package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.launch.ProcessMark;
import io.muster.launch.RuntimeHome;
import io.muster.mpirun.Mpirun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks that spawn others, on this machine; all are processes. */
@Timeout(120)
final class SpawnIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private record Ended(int code, String out, String err) {}

    private static List<String> arguments(int ranks, String transport, String... scenario) {
        return Stream.concat(
                        Stream.of(
                                "-n",
                                String.valueOf(ranks),
                                "--transport",
                                transport,
                                "--cp",
                                System.getProperty("java.class.path"),
                                SpawnProgram.class.getName()),
                        Stream.of(scenario))
                .toList();
    }

    private static Ended run(int ranks, String transport, String... scenario) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Mpirun.main(arguments(ranks, transport, scenario), out, err);
        assertThat(sharedFolders()).isEmpty();
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static List<Path> sharedFolders() throws IOException {
        return sharedFolders(ProcessHandle.current().pid());
    }

    private static List<Path> sharedFolders(long mpirun) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
            return all.filter(each -> each.getFileName().toString().matches("muster-mpirun-" + mpirun + "[-.].*"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, shm", "2, 3, shm", "3, 2, tcp", "1, 4, tcp"})
    void parents_and_children_work_together(int parents, int children, String transport) throws IOException {
        Ended ended = run(parents, transport, "work", String.valueOf(children));
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines().filter(line -> line.matches("parent \\d is content")))
                .hasSize(parents);
        assertThat(ended.out.lines().filter(line -> line.matches("child \\d is content")))
                .hasSize(children);
    }

    @Test
    void ranks_can_be_spawned_again_and_again() throws IOException {
        Ended ended = run(2, "shm", "repeat", "4");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines()).containsExactly("content", "content");
    }

    @Test
    void each_rank_can_spawn_by_itself_at_the_same_time() throws IOException {
        Ended ended = run(3, "shm", "selves");
        assertThat(ended.code).as(ended.err).isZero();
    }

    @Test
    void the_java_command_starts_a_class_with_its_own_options() throws IOException {
        Ended ended = run(1, "shm", "java", System.getProperty("java.class.path"));
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out).isEqualTo("content\n");
    }

    @Test
    void any_program_whose_ranks_call_mpi_can_be_spawned(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(
                folder.resolve("run"),
                "#!/bin/sh\nexec " + RuntimeHome.java() + " --enable-native-access=ALL-UNNAMED -cp "
                        + System.getProperty("java.class.path") + " " + SpawnProgram.class.getName() + " greet\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Ended ended = run(2, "shm", "script", script.toString());
        assertThat(ended.code).as(ended.err).isZero();
    }

    @Test
    void several_commands_share_a_world_in_their_order() throws IOException {
        Ended ended = run(2, "shm", "multiple");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines()).containsExactly("content", "content");
    }

    @Test
    void what_cannot_be_spawned_is_named_and_the_job_goes_on() throws IOException {
        Ended ended = run(2, "shm", "missing");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines()).hasSize(3);
    }

    @Test
    void hints_say_where_they_work(@TempDir Path folder) throws IOException {
        Ended ended = run(1, "shm", "where", folder.toString());
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out).isEqualTo("in " + folder.toRealPath() + "\n");
    }

    @Test
    void spawned_ranks_spawn_others() throws IOException {
        Ended ended = run(1, "shm", "generations", "2");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines()).containsExactlyInAnyOrder("generation 0", "generation 1", "generation 2");
    }

    @Test
    void the_job_ends_when_children_that_outlive_their_parents_have_ended() throws IOException {
        Ended ended = run(2, "shm", "outlived");
        assertThat(ended.code).as(ended.err).isZero();
        assertThat(ended.out.lines()).containsExactly("outlived", "outlived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "tcp"})
    void a_child_that_dies_ends_the_job_with_its_code_and_is_named(String transport) throws IOException {
        Ended ended = run(2, transport, "wait", "7");
        assertThat(ended.code).as(ended.toString()).isEqualTo(7);
        assertThat(ended.err)
                .contains("mpirun: spawned " + SpawnProgram.class.getName() + ": rank 1 on localhost: exit code 7");
        assertThat(ended.err).as("what the parents say").contains("another rank is lost: spawned");
    }

    @Test
    void a_parent_that_dies_ends_the_job_with_its_code_and_is_named() throws IOException {
        Ended ended = run(2, "shm", "leave", "9");
        assertThat(ended.code).as(ended.toString()).isEqualTo(9);
        assertThat(ended.err).contains("mpirun: rank 0 on localhost: exit code 9");
        assertThat(ended.err).as("what the children say").contains("another rank is lost: rank 0 on localhost");
    }

    @Test
    void a_child_that_aborts_ends_the_job_with_its_code() throws IOException {
        Ended ended = run(2, "shm", "abort");
        assertThat(ended.code).as(ended.toString()).isEqualTo(5);
        assertThat(ended.err).contains("rank 1 aborted the job");
    }

    @Test
    void the_wall_time_of_a_job_ends_children_that_outlive_their_parents() {
        List<String> line = new ArrayList<>(List.of("--time", "6"));
        line.addAll(arguments(1, "shm", "abandon"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(Mpirun.main(line, new ByteArrayOutputStream(), err)).isEqualTo(124);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the wall time of 6 s passed");
    }

    @Test
    void a_process_without_a_launcher_says_what_to_do() throws Exception {
        Process alone = new ProcessBuilder(
                        RuntimeHome.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpawnProgram.class.getName(),
                        "work",
                        "1")
                .redirectErrorStream(true)
                .start();
        assertThat(alone.inputReader(StandardCharsets.UTF_8).lines()).anyMatch(line -> line.contains("muster mpirun"));
        assertThat(alone.waitFor()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_is_left_when_mpirun_is_ended(boolean forcibly) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(RuntimeHome.java().toString(), "-cp", RuntimeHome.jar().toString(), Mpirun.class.getName()));
        command.addAll(arguments(1, "shm", "hold"));
        ProcessMark mark = ProcessMark.random("TEST");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        mark.putInto(builder.environment());
        Process mpirun = builder.start();
        try {
            assertThat(mpirun.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");
            assertThat(sharedFolders(mpirun.pid())).hasSize(2);
            if (forcibly) {
                mpirun.destroyForcibly();
            } else {
                mpirun.destroy();
            }
            await().atMost(DEADLINE).untilAsserted(() -> {
                assertThat(mark.find()).isEmpty();
                assertThat(sharedFolders(mpirun.pid())).isEmpty();
            });
        } finally {
            assertThat(mark.killAll(DEADLINE)).isEmpty();
        }
    }
}
