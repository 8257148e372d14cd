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
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs on other libraries end as those on Muster's own runtime do, with the same output, and leave nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LibrariesIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern PID = Pattern.compile("rank (\\d+) is here, pid (\\d+), of 4, sum 6");

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    @BeforeAll
    void up() throws IOException, InterruptedException {
        muster = new MusterCommand(temp);
        for (String name : List.of("misbehave.c", "sum.f90")) {
            try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("programs/" + name))) {
                Files.copy(in, muster.folder().resolve(name));
            }
        }
        for (String library : List.of("openmpi", "mpich")) {
            compile("mpicc." + library, "misbehave.c", library);
            compile("mpifort." + library, "sum.f90", "fortran-" + library);
        }
        // A library may come as an archive.
        Path lib = Files.createDirectories(muster.folder().resolve("mpj/lib"));
        for (Path jar : List.of(Path.of("/usr/share/mpj/lib/mpj.jar"), Path.of("/usr/share/java/log4j-1.2.jar"))) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        ran("tar", "-czf", "mpj.tar.gz", "mpj");
        muster.file("native.yaml", """
                cluster: native
                provider: local
                runtime: [openmpi, mpich, {name: mpj-express, home: mpj.tar.gz}]
                nodes:
                  count: 2
                  slots: 2
                """);
        Result up = muster.run("up", "native.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        assertThat(up.err()).containsPattern("runtimes.*openmpi \\d+\\.\\d.*, mpich \\d+\\.\\d.*, mpj-express ");
    }

    private void compile(String compiler, String source, String program) throws IOException, InterruptedException {
        try {
            ran(compiler, "-o", program, source);
        } catch (IOException e) {
            if ("required".equals(System.getenv("MUSTER_TEST_MPI"))) {
                throw e;
            }
            Assumptions.abort(
                    "there is no " + compiler + ": Debian's packages libopenmpi-dev, libmpich-dev, gfortran have it");
        }
    }

    private void ran(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(muster.folder().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @AfterEach
    void nothing_of_the_job_is_left() {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(muster.processesOfJobs())
                    .as("processes of jobs")
                    .noneMatch(process -> process.contains("mpirun")
                            || process.contains("orted")
                            || process.contains("hydra")
                            || process.contains("jobs/native.")
                            || process.contains("Supervisor"));
            assertThat(muster.sharedMemoryOfJobs()).as("shared memory of jobs").isEmpty();
        });
    }

    @AfterAll
    void down() {
        if (Files.exists(muster.folder().resolve("native.yaml"))) {
            Result down = muster.run("down", "native");
            assertThat(down.exit()).as(down.toString()).isZero();
            assertThat(muster.leftOvers()).isEmpty();
        }
    }

    private Running misbehave(String runtime, String how, int rank) {
        return muster.start(
                "run",
                "native",
                "-n",
                "4",
                "--runtime",
                runtime,
                "--tag-output",
                "--out",
                "result.txt",
                "--",
                "./" + runtime,
                how,
                Integer.toString(rank));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void success_is_0_and_every_line_and_file_is_there(String runtime) throws IOException {
        Result run = misbehave(runtime, "write", 3).await();
        assertThat(run.exit()).as(run.toString()).isZero();
        for (int rank = 0; rank < 4; rank++) {
            String tag = "[" + rank + "] ";
            assertThat(run.out().lines().filter(line -> line.startsWith(tag)))
                    .as(run.toString())
                    .anyMatch(PID.asPredicate())
                    .anyMatch(line -> line.endsWith("is done"));
        }
        assertThat(run.err()).contains("[3] rank 3 says write");
        assertThat(muster.folder().resolve("result.txt")).hasContent("sum 6");
        Files.delete(muster.folder().resolve("result.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_program_in_fortran_runs_as_one_in_c_does(String runtime) {
        Result run = muster.run("run", "native", "-n", "4", "--runtime", runtime, "--", "./fortran-" + runtime);
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("fortran rank") && line.endsWith("of 4 sum 6")))
                .as(run.toString())
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void the_exit_code_of_the_rank_that_failed_is_the_jobs(String runtime) {
        Result run = misbehave(runtime, "exit", 2).await();
        assertThat(run.exit()).as(run.toString()).isEqualTo(3);
        assertThat(run.err()).contains("rank 2 on native-2: exit code 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void an_abort_ends_the_job_with_its_code(String runtime) {
        Result run = misbehave(runtime, "abort", 1).await();
        assertThat(run.exit()).as(run.toString()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_rank_that_dies_by_a_signal_says_which(String runtime) {
        Result run = misbehave(runtime, "signal", 3).await();
        assertThat(run.exit()).as(run.toString()).isEqualTo(137);
        assertThat(run.err()).contains("rank 3 on native-2: signal 9 (KILL)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_killed_launcher_ends_the_job(String runtime) throws IOException {
        Running run = misbehave(runtime, "wait", 0);
        await().atMost(SOON).until(() -> PID.matcher(run.outSoFar()).results().count() == 4);
        String launcher = "openmpi".equals(runtime) ? "mpirun" : "mpiexec";
        long pid = muster.processes().stream()
                .filter(process -> process.split(" ")[1].contains(launcher))
                .map(process -> Long.parseLong(process.split(" ")[0]))
                .findFirst()
                .orElseThrow(() -> new AssertionError(muster.processes()));
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start();
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(137);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void cancel_ends_ranks_that_wait(String runtime) {
        Result submit =
                muster.run("submit", "native", "-n", "4", "--runtime", runtime, "--", "./" + runtime, "wait", "0");
        assertThat(submit.exit()).as(submit.toString()).isZero();
        String job = submit.out().strip();
        await().atMost(SOON)
                .until(() ->
                        PID.matcher(muster.run("logs", job).out()).results().count() == 4);
        Matcher matcher = PID.matcher(muster.run("logs", job).out());
        Result cancel = muster.run("cancel", job);
        assertThat(cancel.exit()).as(cancel.toString()).isZero();
        while (matcher.find()) {
            assertThat(ProcessHandle.of(Long.parseLong(matcher.group(2))))
                    .as(matcher.group())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_command_that_is_not_there_is_127(String runtime) {
        Result run = muster.run("run", "native", "-n", "4", "--runtime", runtime, "--", "no-such-command");
        assertThat(run.exit()).as(run.toString()).isEqualTo(127);
        assertThat(run.err()).contains("there is no command no-such-command on PATH of node native-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void more_ranks_than_slots_run_when_that_is_asked_for(String runtime) {
        Result run = muster.run(
                "run",
                "native",
                "-n",
                "7",
                "--oversubscribe",
                "--runtime",
                runtime,
                "--",
                "sh",
                "-c",
                "echo $MUSTER_RANK");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines()).containsExactlyInAnyOrderElementsOf(List.of("0", "1", "2", "3", "4", "5", "6"));
    }

    @Test
    void a_runtime_that_there_is_not_is_wrong_input() {
        Result run = muster.run("run", "native", "-n", "1", "--runtime", "openmp", "--", "true");
        assertThat(run.exit()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains("muster, openmpi, mpich, mpj-express");
    }

    private Running java(String runtime, String how, int rank) {
        return muster.start(
                "run",
                "native",
                "-n",
                "4",
                "--runtime",
                runtime,
                "--cp",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                "--",
                "io.muster.distribution.programs.Misbehave",
                how,
                Integer.toString(rank));
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster", "mpj-express"})
    void a_java_program_runs_on_either_runtime(String runtime) {
        requireMpjExpress();
        Result run = java(runtime, "well", 0).await();
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(line -> line.endsWith(" is done"))).hasSize(4);
        assertThat(run.err()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster", "mpj-express"})
    void a_java_program_that_throws_is_1(String runtime) {
        requireMpjExpress();
        Result run = java(runtime, "throw", 3).await();
        assertThat(run.exit()).as(run.toString()).isEqualTo(1);
        assertThat(run.err()).contains("Exception in thread \"main\" java.lang.IllegalStateException: rank 3 throws");
    }

    @Test
    void a_killed_rank_of_mpj_express_is_137() throws IOException {
        requireMpjExpress();
        Running run = java("mpj-express", "wait", 0);
        Pattern pid = Pattern.compile("rank 2 is here, pid (\\d+)");
        await().atMost(SOON).until(() -> pid.matcher(run.outSoFar()).find());
        Matcher found = pid.matcher(run.outSoFar());
        assertThat(found.find()).isTrue();
        new ProcessBuilder("kill", "-9", found.group(1)).start();
        Result result = run.await();
        assertThat(result.exit()).as(result.toString()).isEqualTo(137);
    }

    @Test
    void a_library_that_is_not_there_is_said_to_be() {
        muster.file("elsewhere.yaml", """
                cluster: native
                provider: local
                runtime:
                  - {name: openmpi, home: /nowhere}
                  - {name: mpich, version: "1.0"}
                  - {name: mpj-express, home: /nowhere}
                nodes:
                  count: 2
                  slots: 2
                """);
        Result up = muster.run("up", "elsewhere.yaml");
        assertThat(up.exit()).as(up.toString()).isEqualTo(3);
        assertThat(up.err())
                .contains(
                        "runtime openmpi does not work",
                        "node native-1 has no Open MPI in /nowhere: install its package");
        try {
            Result java = java("mpj-express", "well", 0).await();
            assertThat(java.exit()).as(java.toString()).isEqualTo(127);
            assertThat(java.err()).contains("there is no MPJ Express: no lib/mpj.jar in /nowhere");
        } finally {
            assertThat(muster.run("up", "native.yaml").exit()).isZero();
        }
    }

    private static void requireMpjExpress() {
        boolean there = Files.exists(Path.of("/usr/share/mpj/lib/mpj.jar"));
        if (!there && "required".equals(System.getenv("MUSTER_TEST_MPI"))) {
            throw new AssertionError("there is no MPJ Express: Debian's package libmpj-java has it");
        }
        Assumptions.assumeTrue(there, "there is no MPJ Express: Debian's package libmpj-java has it");
    }
}
