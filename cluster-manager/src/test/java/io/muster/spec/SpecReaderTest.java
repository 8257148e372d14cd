package io.muster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecReaderTest {
    private static final String NODES = "cluster: heat\nprovider: local\nnodes:\n  count: 4\n";

    @TempDir
    Path folder;

    @Test
    void a_full_file_becomes_a_spec() {
        ClusterSpec spec = ok(NODES
                + "  slots: 2\n  cores: 8\n  memory: 16 GiB\nruntime: muster\n"
                + "limits: {idle: 20m, lifetime: 8h, budget: 25 USD}\n");

        assertThat(spec.name()).hasToString("heat");
        assertThat(spec.groups())
                .containsExactly(NodeGroup.of(4).withSlots(2).withCores(8).withMemory(MemorySize.ofGiB(16)));
        assertThat(spec.limits().idle()).contains(Duration.ofMinutes(20));
        assertThat(spec.limits().lifetime()).contains(Duration.ofHours(8));
        assertThat(spec.limits().budget()).contains(Money.parse("25 USD"));
        assertThat(ok(spec.toYaml())).isEqualTo(spec);
    }

    @Test
    void three_keys_are_enough_and_a_program_can_say_the_same() {
        assertThat(ok(NODES)).isEqualTo(ClusterSpec.local("heat", 4));
        assertThat(ok("\uFEFF" + NODES)).isEqualTo(ClusterSpec.local("heat", 4));
        ClusterSpec built = ClusterSpec.local("heat", 4)
                .withSlots(2)
                .withMemory(MemorySize.parse("1.5 GB"))
                .withIdleLimit(Duration.ofMinutes(90));
        assertThat(ok(built.toYaml())).isEqualTo(built);
    }

    @Test
    void all_problems_come_at_once_in_the_order_of_the_file() {
        List<Problem> problems = problems("""
                clustr: heat
                provider: locl
                nodes:
                  cout: 4
                  memory: 16 gb
                  colour: red
                runtim: muster
                limits: {idle: 20}
                """);

        assertThat(problems)
                .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.path() + " "
                        + problem.nearest().orElse("-"))
                .containsExactly(
                        "1:1 clustr cluster",
                        "2:11 provider local",
                        "4:3 nodes.cout count",
                        "5:11 nodes.memory 16 GB",
                        "6:3 nodes.colour -",
                        "7:1 runtim runtime",
                        "8:16 limits.idle 20m");
    }

    @Test
    void a_problem_shows_its_line_with_a_caret() {
        assertThat(problems(NODES.replace("count: 4", "cout: 4")).getFirst().render())
                .isEqualTo("""
                        cluster.yaml:4:3: nodes.cout: "cout" is no key
                          4 |   cout: 4
                            |   ^^^^
                          Did you mean "count"?
                          Known keys here: count, slots, cores, memory, type, image, spot.""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count: 2..16  | a range of nodes (an elastic cluster) is not supported yet | Write one whole number.",
                "count: '4'    | \"4\" does not fit here | Write a whole number from 1 to 4096.",
                "count: 5000   | \"5000\" does not fit here | from 1 to 4096",
                "count: {a: 1} | this is a section with keys | Write a whole number",
                "count:        | this key has no value | Write a whole number",
            })
    void a_wrong_count_is_explained(String line, String what, String advice) {
        Problem problem = problems(NODES.replace("count: 4", line)).getFirst();

        assertThat(problem.path()).isEqualTo("nodes.count");
        assertThat(problem.what()).contains(what);
        assertThat(problem.advice()).contains(advice);
    }

    @ParameterizedTest
    @CsvSource({
        "Heat, heat",
        "heat_1, heat-1",
        "Wärme Platte, warme-platte",
        "1heat, heat",
        "heat-, heat",
        "../heat, heat",
    })
    void an_odd_name_gets_a_suggestion(String name, String suggestion) {
        Problem problem = problems(NODES.replace("heat", "\"" + name + "\"")).getFirst();

        assertThat(problem.nearest()).contains(suggestion);
        assertThat(problem.advice()).contains("lower-case letters");
    }

    @Test
    void what_comes_later_says_so() {
        assertThat(problems(NODES.replace("local", "aws-ec2") + "region: eu-west-1\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("\"aws-ec2\" (Amazon EC2) comes with a later version");
                    assertThat(problem.advice()).isEqualTo("This version has one of: local, docker.");
                });
        assertThat(problems(NODES + "runtime: mpich\n").getFirst().what()).contains("comes with a later version");
        assertThat(problems("cluster: heat\nprovider: local\nnodes: [{count: 1}]\n")
                        .getFirst()
                        .what())
                .contains("groups of different nodes are not supported yet");
    }

    @Test
    void a_cloud_key_with_a_local_provider_says_why_not() {
        Problem problem = problems(NODES + "  spot: true\n").getFirst();
        assertThat(problem.what()).contains("cloud providers only");
        assertThat(problem.line()).isEqualTo(5);
    }

    @Test
    void a_key_in_the_wrong_place_is_sent_to_the_right_one() {
        assertThat(problems(NODES + "slots: 2\n").getFirst().advice())
                .isEqualTo("It belongs under \"nodes:\", indented.");
        assertThat(problems(NODES + "  runtime: muster\n").getFirst().advice()).contains("left margin");
    }

    @Test
    void a_key_that_stands_twice_names_the_first_line() {
        Problem problem = problems(NODES + "cluster: other\n").getFirst();
        assertThat(problem.line()).isEqualTo(5);
        assertThat(problem.what()).isEqualTo("this key stands twice, first in line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "'cluster: heat\nnodes:\n\tcount: 4\n', 3, 1, tab",
        "'cluster: \"heat\nprovider: local\n', 1, 10, never closed",
        "'cluster: heat\n provider: local\n', 2, 10, colon",
        "'nodes: [1, 2\n', 2, 1, no YAML",
        "'cluster: @heat\n', 1, 10, no YAML",
        "'a: 1\n---\nb: 2\n', 3, 1, second document",
        "'cluster: &n heat\nprovider: *n\n', 2, 11, alias",
        "'? [x]\n: 3\n', 1, 4, no YAML",
    })
    void broken_yaml_is_located(String yaml, int line, int column, String what) {
        assertThat(problems(yaml)).anySatisfy(problem -> {
            assertThat(problem.what()).contains(what);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.column()).isEqualTo(column);
        });
    }

    @Test
    void files_that_are_none_are_problems_too() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "# nothing\n");
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[SpecReader.MAX_FILE_BYTES + 1]);
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(fileProblem(empty)).contains("the file is empty");
        assertThat(fileProblem(huge)).contains("larger than 1024 KiB");
        assertThat(fileProblem(binary)).contains("no UTF-8");
        assertThat(fileProblem(folder)).contains("this is a folder");
        assertThat(fileProblem(folder.resolve("missing.yaml"))).contains("there is no such file");
    }

    @Test
    void no_text_makes_it_fail() {
        Random random = new Random(11);
        String alphabet = "clusternodes: \n\t-[]{},'\"&*!|>%@#?0149.~é\u0001\u2028😀";
        int[] points = alphabet.codePoints().toArray();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            for (Problem problem : problems(text.toString())) {
                assertThat(problem.render()).isNotBlank();
            }
        }
        assertThat(problems("[".repeat(20_000))).isNotEmpty();
        assertThat(problems("a: ".repeat(20_000))).isNotEmpty();
        assertThat(problems("x: 1\ny: 1\n".repeat(500))).hasSize(ProblemSink.MAX_PROBLEMS);
    }

    private static String fileProblem(Path file) {
        return ((ReadResult.Problems) SpecReader.read(file)).render();
    }

    private static ClusterSpec ok(String yaml) {
        ReadResult result = SpecReader.parse("cluster.yaml", yaml);
        assertThat(result).as(yaml).isInstanceOf(ReadResult.Ok.class);
        return ((ReadResult.Ok) result).spec();
    }

    private static List<Problem> problems(String yaml) {
        ReadResult result = SpecReader.parse("cluster.yaml", yaml);
        assertThat(result).as(yaml).isInstanceOf(ReadResult.Problems.class);
        return ((ReadResult.Problems) result).problems();
    }
}
