package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.distribution.MusterCommand.Result;
import io.muster.distribution.MusterCommand.Running;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every library over four containers that have no ssh client and no key for each other. Their image,
 * {@code muster-mpi}, has Open MPI and MPJ Express of Debian; MPICH is a newer one, as that of Debian 12 hangs in
 * MPI_Finalize over TCP, also when its own launcher starts it. CONTRIBUTING.md says how the image is made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "imageIsThere",
        disabledReason = "no Docker Engine with an image muster-mpi answers, or no MUSTER_TEST_MPICH")
final class ContainerLibrariesIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    static boolean imageIsThere() throws IOException, InterruptedException {
        if (System.getenv("MUSTER_TEST_MPICH") == null) {
            return false;
        }
        if ("required".equals(System.getenv("MUSTER_TEST_MPI"))
                && "required".equals(System.getenv("MUSTER_TEST_DOCKER"))) {
            return true;
        }
        try {
            return ran("docker", "image", "inspect", "muster-mpi:latest").exitCode() == 0
                    && ran("mpicc.openmpi", "--version").exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private record Ran(int exitCode, String said) {}

    private static Ran ran(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), said);
    }

    private static String did(String... command) throws IOException, InterruptedException {
        Ran ran = ran(command);
        assertThat(ran.exitCode()).as(ran.said()).isZero();
        return ran.said();
    }

    @BeforeAll
    void up() throws IOException, InterruptedException {
        muster = new MusterCommand(temp);
        for (String name : List.of("misbehave.c", "sum.f90", "sum.py")) {
            try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("programs/" + name))) {
                Files.copy(in, muster.folder().resolve(name));
            }
        }
        String folder = muster.folder().toString();
        String mpich = Objects.requireNonNull(System.getenv("MUSTER_TEST_MPICH"), "MUSTER_TEST_MPICH");
        did("mpicc.openmpi", "-o", folder + "/c-openmpi", folder + "/misbehave.c");
        did(mpich + "/bin/mpicc", "-o", folder + "/c-mpich", folder + "/misbehave.c");
        did("mpifort.openmpi", "-o", folder + "/fortran-openmpi", folder + "/sum.f90");
        muster.file("four.yaml", """
                cluster: four
                provider: docker
                runtime: [openmpi, {name: mpich, version: "5", home: /opt/mpich}, mpj-express]
                nodes:
                  count: 4
                  slots: 2
                  memory: 1 GiB
                  image: muster-mpi:latest
                """);
        Result up = muster.run("up", "four.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        assertThat(up.err()).containsPattern("runtimes.*openmpi \\d+\\.\\d.*, mpich \\d+\\.\\d.*, mpj-express \\d");
    }

    @AfterAll
    void down() throws IOException, InterruptedException {
        Result down = muster.run("down", "four");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(did("docker", "ps", "-aq", "--filter", "label=muster-cluster=four"))
                .isEmpty();
        assertThat(muster.leftOvers()).isEmpty();
    }

    private Result run(String runtime, String... program) {
        return start(runtime, program).await();
    }

    private Running start(String runtime, String... program) {
        List<String> words = new ArrayList<>(List.of("run", "four", "-n", "8", "--runtime", runtime));
        words.addAll(List.of(program));
        return muster.start(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mpirun", "/opt/mpich/bin/mpiexec"})
    void a_user_who_logs_in_starts_ranks_on_all_slots_with_mpirun(String launcher) {
        Result run = muster.run("ssh", "four", "four-2", "--", launcher, "cat", "/etc/hostname");
        assertThat(run.exit()).as(run.toString()).isZero();
        Map<String, Long> ranksOfNode =
                run.out().lines().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
        assertThat(ranksOfNode.values()).as(run.toString()).containsExactly(2L, 2L, 2L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_program_in_c_runs_over_all_nodes(String library) {
        Result run = run(library, "--", "./c-" + library);
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.endsWith("of 8, sum 28")))
                .as(run.toString())
                .hasSize(8);
    }

    @Test
    void a_program_in_fortran_runs_over_all_nodes() {
        Result run = run("openmpi", "--", "./fortran-openmpi");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("fortran rank") && line.endsWith("of 8 sum 28")))
                .as(run.toString())
                .hasSize(8);
    }

    @Test
    void a_program_in_python_runs_over_all_nodes() {
        Result run = run("openmpi", "--in", "sum.py", "--", "python3", "sum.py");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("python rank") && line.endsWith("of 8 sum 28")))
                .as(run.toString())
                .hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster", "mpj-express"})
    void a_program_in_java_runs_over_all_nodes(String runtime) {
        Result run = java(runtime, "well", "0");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.endsWith(" is done")))
                .as(run.toString())
                .hasSize(8);
    }

    private Result java(String runtime, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "--cp",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                "--",
                "io.muster.distribution.programs.Misbehave"));
        words.addAll(List.of(arguments));
        return run(runtime, words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"openmpi, 3", "mpich, 3"})
    void an_exit_code_comes_from_another_node(String library, int code) {
        Result run = run(library, "--", "./c-" + library, "exit", "5");
        assertThat(run.exit()).as(run.toString()).isEqualTo(code);
        assertThat(run.err()).contains("rank 5 on four-3: exit code 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_program_of_the_other_library_is_not_said_to_work(String library) {
        String other = library.equals("mpich") ? "openmpi" : "mpich";
        Result run = run(library, "--", "./c-" + other);
        // Each rank then is a world of its own, or the library notices: never a sum over all.
        assertThat(run.out()).doesNotContain("sum 28");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_node_that_dies_ends_the_job_with_3_and_up_repairs(String library) throws IOException, InterruptedException {
        Running run = start(library, "--", "./c-" + library, "wait", "0");
        Pattern here = Pattern.compile("rank \\d+ is here");
        await().atMost(SOON).until(() -> here.matcher(run.outSoFar()).results().count() == 8);
        String container = did("docker", "ps", "-q", "--filter", "label=muster-node=four-3")
                .strip();
        did("docker", "kill", container);
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(3);
        assertThat(result.err()).contains("four-3");
        Result up = muster.run("up", "four.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
    }
}
