package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.distribution.MusterCommand.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are built on their nodes, bring a Python environment along, or are started by a user who has logged in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "librariesAreThere",
        disabledReason = "Debian's packages libopenmpi-dev, libmpich-dev and gfortran are not all installed")
final class LibraryJobsIT {
    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    static boolean librariesAreThere() {
        return "required".equals(System.getenv("MUSTER_TEST_MPI"))
                || (Files.isExecutable(Path.of("/usr/bin/mpifort.openmpi"))
                        && Files.isExecutable(Path.of("/usr/bin/mpifort.mpich")));
    }

    @BeforeAll
    void up() throws IOException {
        muster = new MusterCommand(temp);
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("programs/sum.f90"))) {
            Files.copy(in, muster.folder().resolve("sum.f90"));
        }
        muster.file("prepared.yaml", """
                cluster: prepared
                provider: local
                runtime: [openmpi, mpich]
                nodes:
                  count: 2
                  slots: 2
                """);
        Result up = muster.run("up", "prepared.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
    }

    @AfterAll
    void down() {
        Result down = muster.run("down", "prepared");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(muster.leftOvers()).isEmpty();
    }

    private Result run(int ranks, String runtime, String... more) {
        List<String> words =
                new ArrayList<>(List.of("run", "prepared", "-n", Integer.toString(ranks), "--runtime", runtime));
        words.addAll(List.of(more));
        return muster.run(words.toArray(String[]::new));
    }

    private static boolean isSum(String line) {
        return line.startsWith("fortran rank") && line.endsWith("of 4 sum 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_build_on_one_node_makes_the_program_of_all(String runtime) {
        Result run = run(
                4,
                runtime,
                "--in",
                "sum.f90",
                "--build",
                "mkdir -p bin && mpifort." + runtime + " -o bin/built sum.f90",
                "--",
                "bin/built");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(LibraryJobsIT::isSum))
                .as(run.toString())
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster", "openmpi", "mpich"})
    void rank_0_reads_the_standard_input(String runtime) {
        muster.file("input.txt", "from the file\n");
        String program = "echo $MUSTER_RANK $(cat)";
        Result run = run(2, runtime, "--stdin", "input.txt", "--", "sh", "-c", program);
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines()).containsExactlyInAnyOrder("0 from the file", "1");
    }

    @Test
    void a_build_that_fails_ends_the_job_with_what_it_said() {
        Result run = muster.run(
                "run", "prepared", "-n", "4", "--build", "echo looking; cat no-such-source", "--", "bin/built");
        assertThat(run.exit()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains("looking").contains("no-such-source");
        assertThat(muster.run("jobs", "prepared").out()).containsPattern("failed +4 +2 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster", "openmpi", "mpich"})
    void a_program_in_python_finds_what_its_requirements_file_names(String runtime) throws IOException {
        Path wheels = Files.createDirectories(muster.folder().resolve("wheels"));
        try (ZipOutputStream wheel =
                new ZipOutputStream(Files.newOutputStream(wheels.resolve("small-1.0-py3-none-any.whl")))) {
            String info = "small-1.0.dist-info/";
            for (List<String> file : List.of(
                    List.of("small.py", "NAME = 'a small module'\n"),
                    List.of(info + "METADATA", "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n"),
                    List.of(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
                    List.of(info + "RECORD", "small.py,,\n" + info + "METADATA,,\n" + info + "WHEEL,,\n"))) {
                wheel.putNextEntry(new ZipEntry(file.getFirst()));
                wheel.write(file.getLast().getBytes(StandardCharsets.UTF_8));
            }
        }
        muster.file("requirements.txt", "--no-index\n--find-links wheels\nsmall==1.0\n");
        muster.file("use.py", """
                import ctypes, os, small
                if os.environ.get('MPI4PY_MPIABI') == 'mpich':
                    ctypes.CDLL('libmpi.so.12')  # as mpi4py is linked
                print(os.environ['MUSTER_RANK'], small.NAME)
                """);
        Result run =
                run(4, runtime, "--in", "wheels/*", "--requirements", "requirements.txt", "--", "python3", "use.py");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines())
                .containsExactlyInAnyOrder(
                        "0 a small module", "1 a small module", "2 a small module", "3 a small module");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmpi", "mpich"})
    void a_user_who_logs_in_starts_a_program_with_mpirun(String runtime) {
        Result built = muster.run(
                "run",
                "prepared",
                "-n",
                "1",
                "--in",
                "sum.f90",
                "--build",
                "mpifort." + runtime + " -o by-hand-" + runtime + " sum.f90",
                "--out",
                "by-hand-" + runtime,
                "--",
                "true");
        assertThat(built.exit()).as(built.toString()).isZero();
        Path program = muster.folder().resolve("by-hand-" + runtime);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String launcher = runtime.equals("openmpi") ? "mpirun" : "mpiexec.mpich";
        Result run = muster.run("ssh", "prepared", "--", launcher, program.toString());
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out().lines().filter(LibraryJobsIT::isSum))
                .as(run.toString())
                .hasSize(4);
    }
}
