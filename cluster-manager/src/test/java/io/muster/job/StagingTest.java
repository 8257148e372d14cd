package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.agent.StagedFile;
import io.muster.api.MusterException;
import io.muster.launch.StandardInput;
import io.muster.spec.JobSpec;
import io.muster.spec.Preparation;
import io.muster.spec.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingTest {
    @TempDir
    Path temp;

    private Path folder = Path.of("/");

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectories(temp.resolve("project"));
        Files.createDirectories(folder.resolve("data/deep"));
        for (String name : List.of("heat.jar", "data/a.csv", "data/b.csv", "data/deep/c.csv", "solver.sh")) {
            Files.writeString(folder.resolve(name), name);
        }
        folder.resolve("solver.sh").toFile().setExecutable(true);
        Files.writeString(temp.resolve("outside.jar"), "outside");
    }

    @Test
    void a_jar_keeps_its_place_below_the_folder() {
        Staging staging = Staging.of(job(new Program.Jar("heat.jar", List.of("--size", "9"))), folder);
        assertThat(staging.plainProgram())
                .isEqualTo(new io.muster.launch.Program.Jar("heat.jar", List.of(), List.of("--size", "9")));
        assertThat(places(staging)).containsExactly("heat.jar");
    }

    @Test
    void what_lies_outside_goes_under_its_name() {
        Staging staging = Staging.of(job(new Program.Jar("../outside.jar", List.of())), folder);
        assertThat(places(staging)).containsExactly("outside.jar");
    }

    @Test
    void a_missing_jar_says_where_it_was_looked_for() {
        assertThatThrownBy(() -> Staging.of(job(new Program.Jar("heart.jar", List.of())), folder))
                .isInstanceOfSatisfying(MusterException.class, e -> {
                    assertThat(e.kind()).isEqualTo(MusterException.Kind.INPUT);
                    assertThat(e.where()).isEqualTo(folder.resolve("heart.jar").toString());
                    assertThat(e.next()).contains(folder.toString());
                });
    }

    @Test
    void a_class_path_of_folders_and_jars_is_brought_along() {
        Staging staging =
                Staging.of(job(new Program.MainClass("Main", List.of("data", "heat.jar"), List.of())), folder);
        assertThat(places(staging)).containsExactly("data/a.csv", "data/b.csv", "data/deep/c.csv", "heat.jar");
        assertThat(((io.muster.launch.Program.MainClass) staging.plainProgram()).classPath())
                .containsExactly("data", "heat.jar");
    }

    @Test
    void the_current_folder_as_class_path_gets_a_folder_of_its_own() {
        Staging staging = Staging.of(job(new Program.MainClass("Main", List.of("."), List.of())), folder);
        assertThat(places(staging)).contains("classes/heat.jar", "classes/data/a.csv");
    }

    @Test
    void globs_choose_inputs_and_a_single_star_stays_in_its_folder() {
        Staging staging =
                Staging.of(job(new Program.Command(List.of("cat"))).withInputs(List.of("data/*.csv")), folder);
        assertThat(places(staging)).containsExactly("data/a.csv", "data/b.csv");
        assertThat(places(Staging.of(
                        job(new Program.Command(List.of("cat"))).withInputs(List.of("data/**.csv")), folder)))
                .hasSize(3);
        assertThat(places(Staging.of(job(new Program.Command(List.of("cat"))).withInputs(List.of("data")), folder)))
                .hasSize(3);
    }

    @Test
    void an_input_that_matches_nothing_is_an_error() {
        assertThatThrownBy(() ->
                        Staging.of(job(new Program.Command(List.of("cat"))).withInputs(List.of("*.nothing")), folder))
                .isInstanceOf(MusterException.class);
    }

    @Test
    void a_program_of_the_user_goes_along_and_one_of_the_node_does_not() {
        Staging mine = Staging.of(job(new Program.Command(List.of("./solver.sh", "x"))), folder);
        assertThat(mine.plainProgram()).isEqualTo(new io.muster.launch.Program.Command("./solver.sh", List.of("x")));
        assertThat(mine.files())
                .singleElement()
                .satisfies(file -> assertThat(file.executable()).isTrue());
        assertThat(Staging.of(job(new Program.Command(List.of("hostname"))), folder)
                        .files())
                .isEmpty();
    }

    @Test
    void two_files_for_one_place_are_refused() throws IOException {
        Files.writeString(temp.resolve("heat.jar"), "another");
        JobSpec spec = job(new Program.Jar("heat.jar", List.of())).withInputs(List.of("../heat.jar"));
        assertThatThrownBy(() -> Staging.of(spec, folder))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.where()).isEqualTo("heat.jar"));
    }

    private static JobSpec job(Program program) {
        return JobSpec.of(program, 1);
    }

    @Test
    void arguments_that_are_files_below_the_folder_go_along() {
        Program program =
                new Program.Command(List.of("./solver.sh", "data/a.csv", "../outside.jar", "no.csv", "-x", "data"));
        assertThat(places(Staging.of(job(program), folder))).containsExactlyInAnyOrder("solver.sh", "data/a.csv");
    }

    @Test
    void an_argument_that_is_an_output_of_an_earlier_run_stays_here() {
        JobSpec job = job(new Program.Jar("heat.jar", List.of("data/a.csv"))).withOutputs(List.of("data/*.csv"));
        assertThat(places(Staging.of(job, folder))).containsExactly("heat.jar");
    }

    @Test
    void what_a_build_makes_need_not_be_here() {
        JobSpec plain = job(new Program.Command(List.of("bin/solver")));
        JobSpec built = plain.withPreparation(new Preparation(Optional.empty(), Optional.of("make")));
        assertThat(Staging.of(built, folder).plainProgram())
                .isEqualTo(new io.muster.launch.Program.Command("./bin/solver", List.of()));
        JobSpec java = job(new Program.MainClass("Main", List.of("classes"), List.of()))
                .withPreparation(built.preparation());
        assertThat(places(Staging.of(java, folder))).isEmpty();
    }

    @Test
    void a_requirements_file_goes_along_and_names_the_environment_by_its_content() throws IOException {
        Files.writeString(folder.resolve("requirements.txt"), "numpy\n");
        JobSpec job = job(new Program.Command(List.of("python3", "heat.py")))
                .withPreparation(new Preparation(Optional.of("requirements.txt"), Optional.empty()));
        Staging first = Staging.of(job, folder);
        assertThat(places(first)).containsExactly("requirements.txt");
        PythonEnvironment environment = first.python().orElseThrow();
        assertThat(Staging.of(job, folder).python()).contains(environment);
        Files.writeString(folder.resolve("requirements.txt"), "numpy==2\n");
        assertThat(Staging.of(job, folder).python().orElseThrow().name()).isNotEqualTo(environment.name());
    }

    @Test
    void a_script_or_class_of_this_folder_is_no_command_of_the_nodes() throws IOException {
        Files.writeString(folder.resolve("Hello.class"), "");
        for (String word : List.of("solver.sh", "Hello")) {
            assertThatThrownBy(() -> Staging.of(job(new Program.Command(List.of(word))), folder))
                    .isInstanceOfSatisfying(
                            MusterException.class, e -> assertThat(e.kind()).isEqualTo(MusterException.Kind.INPUT));
        }
    }

    @Test
    void the_file_for_standard_input_goes_along() {
        JobSpec job = job(new Program.Command(List.of("cat"))).withStdin("data/a.csv");
        Staging staging = Staging.of(job, folder);
        assertThat(places(staging)).containsExactly("data/a.csv");
        assertThat(staging.stdin()).isEqualTo(new StandardInput.OfFile("data/a.csv"));
        assertThatThrownBy(() -> Staging.of(job.withStdin("none"), folder)).isInstanceOf(MusterException.class);
    }

    @Test
    void a_java_program_takes_no_requirements_file() {
        JobSpec job = job(new Program.Jar("heat.jar", List.of()))
                .withPreparation(new Preparation(Optional.of("solver.sh"), Optional.empty()));
        assertThatThrownBy(() -> Staging.of(job, folder))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.kind()).isEqualTo(MusterException.Kind.INPUT));
    }

    private static List<String> places(Staging staging) {
        return staging.files().stream().map(StagedFile::relativePath).sorted().toList();
    }
}
