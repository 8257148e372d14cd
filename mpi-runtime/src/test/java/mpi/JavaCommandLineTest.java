package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.Program;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JavaCommandLineTest {
    private static final List<String> OWN = List.of("/own/classes", "/own/x.jar");

    private static Optional<JavaCommandLine> parse(String... words) {
        return JavaCommandLine.of(List.of(words), OWN);
    }

    @Test
    void a_class_runs_on_the_class_path_of_its_parents_unless_it_has_its_own() {
        assertThat(parse("Worker", "-cp", "x"))
                .contains(new JavaCommandLine(new Program.MainClass("Worker", OWN, List.of("-cp", "x")), List.of()));
        for (String option : List.of("-cp", "-classpath", "--class-path")) {
            assertThat(parse(option, "a:b", "Worker"))
                    .contains(
                            new JavaCommandLine(new Program.MainClass("Worker", List.of("a:b"), List.of()), List.of()));
        }
    }

    @Test
    void a_jar_is_recognised() {
        assertThat(parse("-ea", "-jar", "x.jar", "1"))
                .contains(new JavaCommandLine(new Program.Jar("x.jar", List.of(), List.of("1")), List.of("-ea")));
    }

    @Test
    void options_of_the_jvm_keep_their_values() {
        assertThat(parse("-Xmx64m", "--add-opens", "java.base/java.lang=ALL-UNNAMED", "-Dx=y", "Worker")
                        .orElseThrow()
                        .jvmOptions())
                .containsExactly("-Xmx64m", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Dx=y");
    }

    @Test
    void what_is_not_understood_is_left_to_java() {
        assertThat(parse("-m", "module/Main")).isEmpty();
        assertThat(parse("--module-path", "x", "Main")).isEmpty();
        assertThat(parse("@arguments")).isEmpty();
        assertThat(parse("-version")).isEmpty();
        assertThat(parse()).isEmpty();
    }
}
