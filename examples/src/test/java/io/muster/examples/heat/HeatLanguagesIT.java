package io.muster.examples.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs in C, Fortran and Python compute and draw what the Java program does, on each library, on any ranks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeatLanguagesIT {

    private static final long LONGEST_SECONDS = 240;
    private static final int BAD_INPUT = 2;

    /** One unit of the last of ten digits that the file has. */
    private static final double RESIDUAL_RELATIVE = 1.01e-9;

    /** The Java program adds whole units of 2⁻²⁴ °C, the others add doubles; the file has six decimals. */
    private static final double MEAN_CELSIUS = 1.01e-6;

    /** Sums have the same order in every language, so that not even a bit should differ; a compiler is free to. */
    private static final double FIELD_CELSIUS = 1e-10;

    private static final List<String> OPENMPI =
            List.of("mpirun.openmpi", "--oversubscribe", "--allow-run-as-root", "--mca", "btl_tcp_if_include", "lo");

    private static final List<String> MPICH = List.of("mpiexec.mpich");

    enum Program {
        C_ON_OPENMPI("openmpi", "mpicc.openmpi", "c-openmpi", "openmpi/heat-c"),
        C_ON_MPICH("mpich", "mpicc.mpich", "c-mpich", "mpich/heat-c"),
        FORTRAN_ON_OPENMPI("openmpi", "mpifort.openmpi", "fortran-openmpi", "openmpi/heat-fortran"),
        FORTRAN_ON_MPICH("mpich", "mpifort.mpich", "fortran-mpich", "mpich/heat-fortran"),
        PYTHON_ON_OPENMPI("openmpi", "", "", "");

        final String library;
        final String compiler;
        final String target;
        final String binary;

        Program(String library, String compiler, String target, String binary) {
            this.library = library;
            this.compiler = compiler;
            this.target = target;
            this.binary = binary;
        }

        List<String> launcher() {
            return "openmpi".equals(library) ? OPENMPI : MPICH;
        }
    }

    private record Ended(int exit, String text) {}

    @TempDir
    static Path temp;

    private final Path input = Path.of("input", "cold-plate.csv").toAbsolutePath();

    @BeforeAll
    void java() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("java"));
        HeatOptions options = HeatOptions.parse(arguments(folder, input, "--steps", "700"));
        Plate plate = PlateFile.read(input);
        Region cells = plate.sizeFor(options.size());
        Decomposition cut = Decomposition.of(cells.width(), cells.height(), 4);
        PrintStream report = new PrintStream(OutputStream.nullOutputStream());
        ThreadRanks.run(cut, ranks -> {
            try {
                new HeatRun(options, plate, cut, ranks, report).run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ranks.rank();
        });
    }

    private static String[] arguments(Path folder, Path plate, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--input", plate.toString(), "--size", "101"));
        arguments.addAll(List.of("--output", folder.resolve("heat.ppm").toString()));
        arguments.addAll(List.of("--residual", folder.resolve("residual.csv").toString()));
        arguments.addAll(List.of("--field", folder.resolve("field.csv").toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void the_result_is_that_of_java_on_1_rank_and_on_4(Program program) throws Exception {
        List<String> command = build(program);
        for (int ranks : new int[] {1, 4}) {
            Path folder = Files.createDirectories(temp.resolve(program + "-" + ranks));
            Ended ended = launch(program, command, ranks, arguments(folder, input, "--steps", "700"));
            assertThat(ended.exit()).as(ended.text()).isZero();
            assertSameAsJava(folder);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_until_a_change_stops_at_the_same_step(Program program) throws Exception {
        List<String> command = build(program);
        Path folder = Files.createDirectories(temp.resolve(program + "-until"));
        String[] residuals = Files.readString(temp.resolve("java/residual.csv")).split("\n");
        // The file rounds: a little more than what it has for step 400 is first reached there.
        double change = 1.000001 * Double.parseDouble(residuals[4].split(",")[2]);

        Ended ended = launch(program, command, 2, arguments(folder, input, "--until", Double.toString(change)));

        assertThat(ended.exit()).as(ended.text()).isZero();
        assertThat(Files.readAllLines(folder.resolve("residual.csv"))).hasSize(5);
    }

    private static void assertSameAsJava(Path folder) throws Exception {
        Path java = temp.resolve("java");
        List<double[]> expected = residuals(java);
        List<double[]> found = residuals(folder);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            double[] line = expected.get(i);
            double[] tolerances = {0, 1.01e-5 * line[1], RESIDUAL_RELATIVE * line[2], 1.01e-4, MEAN_CELSIUS, 1.01e-4};
            for (int k = 0; k < line.length; k++) {
                assertThat(found.get(i)[k]).as(folder + " line " + i).isCloseTo(line[k], within(tolerances[k]));
            }
        }
        Plate field = PlateFile.read(java.resolve("field.csv"));
        Plate theirs = PlateFile.read(folder.resolve("field.csv"));
        assertThat(theirs.kinds()).isEqualTo(field.kinds());
        assertThat(theirs.celsius()).containsExactly(field.celsius(), within(FIELD_CELSIUS));
        assertThat(folder.resolve("heat.ppm")).hasSameBinaryContentAs(java.resolve("heat.ppm"));
    }

    private static List<double[]> residuals(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("residual.csv"));
        assertThat(lines.getFirst()).isEqualTo("step,time_s,residual_celsius,coldest,mean,warmest");
        return lines.stream()
                .skip(1)
                .map(line -> Stream.of(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void wrong_arguments_and_wrong_input_are_said_once_with_exit_code_2(Program program) throws Exception {
        List<String> command = build(program);
        Path folder = Files.createDirectories(temp.resolve(program + "-wrong"));
        Path warm = Files.writeString(folder.resolve("warm.csv"), "1,2\n1,warm\n");
        Path ragged = Files.writeString(folder.resolve("ragged.csv"), "1,2\n1\n");
        List<Ended> all = List.of(
                launch(program, command, 3, arguments(folder, input, "--sise", "5")),
                launch(program, command, 3, arguments(folder, input, "--steps", "banana")),
                launch(program, command, 3, arguments(folder, input, "--until", "-1")),
                launch(program, command, 3, arguments(folder, folder.resolve("none.csv"))),
                launch(program, command, 3, arguments(folder, warm)),
                launch(program, command, 3, arguments(folder, ragged)));
        for (Ended ended : all) {
            assertThat(ended.exit()).as(ended.text()).isEqualTo(BAD_INPUT);
            assertThat(ended.text().lines().filter(line -> line.startsWith("heat: ")))
                    .as(ended.text())
                    .hasSize(1);
        }
        assertThat(all.get(4).text()).contains("line 2 value 2").contains("'warm'");
        assertThat(all.get(5).text()).contains("line 2 has 1 values");
    }

    /** What the launcher starts; skips the test where the language or the library is missing. */
    private static List<String> build(Program program) throws IOException, InterruptedException {
        require(program.launcher().getFirst(), "--version");
        if (program == Program.PYTHON_ON_OPENMPI) {
            return List.of(
                    python(), Path.of("python", "heat.py").toAbsolutePath().toString());
        }
        require(program.compiler, "--version");
        require("make", "--version");
        Ended made = run(List.of("make", "--no-print-directory", program.target, "BUILD=" + temp.resolve("native")));
        assertThat(made.exit()).as(made.text()).isZero();
        assertThat(made.text()).as("warnings of the compiler").doesNotContain("warning");
        return List.of(temp.resolve("native").resolve(program.binary).toString());
    }

    private static String python() throws IOException, InterruptedException {
        // Debian's packages belong to Debian's Python, which need not be the first on the path.
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (succeeds(python, "-c", "import mpi4py, numpy")) {
                return python;
            }
        }
        missing("a python3 with mpi4py and numpy");
        return "python3";
    }

    private static void require(String... command) throws InterruptedException {
        if (!succeeds(command)) {
            missing(command[0]);
        }
    }

    private static void missing(String what) {
        String message = "There is no " + what + ". Debian has it in libopenmpi-dev, libmpich-dev, gfortran, make,"
                + " python3-mpi4py and python3-numpy.";
        if ("required".equals(System.getenv("MUSTER_TEST_MPI"))) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Ended launch(Program program, List<String> command, int ranks, String[] arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(program.launcher());
        words.addAll(List.of("-n", Integer.toString(ranks)));
        words.addAll(command);
        words.addAll(List.of(arguments));
        return run(words);
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(temp, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // Ranks of one machine find each other without a network.
        builder.environment().put("OMPI_MCA_oob_tcp_if_include", "lo");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("still running after " + LONGEST_SECONDS + " s: " + command)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(said));
    }
}
