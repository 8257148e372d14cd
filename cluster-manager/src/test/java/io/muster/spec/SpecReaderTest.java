package io.muster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
                          Known keys here: count, minimum, slots, cores, memory, type, image, spot, disk, hosts.""");
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
    void runtimes_are_words_or_sections_one_or_several() {
        RuntimeSpec full = new RuntimeSpec(
                MpiRuntime.OPENMPI,
                Optional.of("4.1"),
                Optional.of("/opt/openmpi"),
                List.of("openmpi-bin", "libopenmpi3"),
                List.of("mpi/openmpi-x86_64"));
        assertThat(ok(NODES).runtimes()).containsExactly(RuntimeSpec.MUSTER);
        assertThat(ok(NODES + "runtime: mpich\n").runtimes()).containsExactly(RuntimeSpec.of(MpiRuntime.MPICH));
        ClusterSpec spec = ok(NODES + """
                runtime:
                  - name: openmpi
                    version: "4.1"
                    home: /opt/openmpi
                    packages: [openmpi-bin, libopenmpi3]
                    modules: mpi/openmpi-x86_64
                  - muster
                """);
        assertThat(spec.runtimes()).containsExactly(full, RuntimeSpec.MUSTER);
        assertThat(spec.runtime()).isEqualTo(full);
        assertThat(spec.runtime(MpiRuntime.MPICH)).isEqualTo(RuntimeSpec.of(MpiRuntime.MPICH));
        assertThat(ok(spec.toYaml())).isEqualTo(spec);
        ClusterSpec one = spec.withRuntimes(List.of(full));
        assertThat(ok(one.toYaml())).isEqualTo(one);
    }

    @Test
    void an_archive_of_a_library_lies_beside_the_sizing_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("heat.yaml"),
                NODES + "runtime: [{name: mpich, home: libs/mpich.tar.gz}, {name: openmpi, home: /opt/openmpi}]\n");
        ClusterSpec spec = ((ReadResult.Ok) SpecReader.read(file)).spec();
        assertThat(spec.runtimes().getFirst().archive()).contains(folder.resolve("libs/mpich.tar.gz"));
        assertThat(spec.runtimes().getLast().archive()).isEmpty();
        assertThat(ok(spec.toYaml())).isEqualTo(spec);
    }

    @Test
    void a_runtime_stands_once_and_musters_own_takes_no_settings() {
        assertThat(problems(NODES + "runtime: [mpich, openmpi, mpich]\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("runtime[2]"));
        assertThat(problems(NODES + "runtime: {name: muster, home: /opt, version: '1'}\n"))
                .extracting(Problem::path)
                .containsExactly("runtime.home", "runtime.version");
        assertThat(problems(NODES + "runtime: {home: /opt}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("runtime.name"));
        assertThat(problems(NODES + "runtime: openmp\n").getFirst().nearest()).contains("openmpi");
    }

    @ParameterizedTest
    @CsvSource({"gcp,google-compute-engine", "EC2,aws-ec2"})
    void a_usual_name_of_a_provider_is_answered_with_its_name_here(String usual, String here) {
        List<Problem> problems = problems("cluster: heat\nprovider: " + usual + "\nnodes: {count: 1}\n");
        assertThat(problems.getFirst().nearest()).contains(here);
    }

    @Test
    void an_unknown_provider_is_refused_with_those_there_are() {
        Problem problem =
                problems(NODES.replace("local", "aws") + "region: eu-west-1\n").getFirst();

        assertThat(problem.nearest()).contains("aws-ec2");
        assertThat(problem.advice())
                .isEqualTo("Write one of: local, docker, hosts, aws-ec2, openstack-nova, azurecompute-arm,"
                        + " google-compute-engine.");
    }

    @Test
    void groups_and_all_of_a_cloud_become_a_spec_and_a_file_again() {
        ClusterSpec spec = ok("""
                cluster: heat
                provider: aws-ec2
                region: eu-west-1
                zone: eu-west-1a
                endpoint: http://ec2.example.org:5555
                network: {subnet: subnet-1, address: private, jump: me@gate:2222, placement: true}
                nodes:
                  - name: head
                    count: 1
                    type: c7i.large
                  - name: workers
                    count: 8
                    minimum: 6
                    type: [c7i.2xlarge, c6i.2xlarge]
                    image: debian-12
                    spot: true
                    disk: 40 GiB
                """);

        assertThat(spec.groups()).extracting(NodeGroup::name).containsExactly("head", "workers");
        assertThat(spec.groups().getLast())
                .isEqualTo(NodeGroup.of(8)
                        .withName("workers")
                        .withMinimum(6)
                        .withTypes(List.of("c7i.2xlarge", "c6i.2xlarge"))
                        .withImage("debian-12")
                        .withSpot(true)
                        .withDisk(MemorySize.ofGiB(40)));
        assertThat(spec.cloud())
                .isEqualTo(new CloudSpec(
                        Optional.of("eu-west-1"),
                        Optional.of("eu-west-1a"),
                        Optional.of(URI.create("http://ec2.example.org:5555")),
                        Optional.of("subnet-1"),
                        AddressChoice.PRIVATE,
                        Optional.of("me@gate:2222"),
                        true));
        assertThat(ok(spec.toYaml())).isEqualTo(spec);
    }

    @Test
    void hosts_are_texts_or_sections() {
        ClusterSpec spec = ok("""
                cluster: heat
                provider: hosts
                nodes:
                  hosts:
                    - n1
                    - pi@10.0.0.7:2222
                    - '[fe80::1]:23'
                    - {address: 'fe80::2', user: me, key: ~/.ssh/my key, jump: gate, slots: 4}
                """);

        assertThat(spec.count()).isEqualTo(4);
        assertThat(spec.groups().getFirst().hosts())
                .extracting(HostSpec::endpoint)
                .containsExactly("n1:22", "10.0.0.7:2222", "fe80::1:23", "fe80::2:22");
        assertThat(spec.groups().getFirst().hosts().get(1).user()).contains("pi");
        assertThat(spec.groups().getFirst().hosts().getLast())
                .isEqualTo(new HostSpec(
                        "fe80::2",
                        Optional.of("me"),
                        OptionalInt.empty(),
                        Optional.of("~/.ssh/my key"),
                        Optional.of("gate"),
                        OptionalInt.of(4)));
        assertThat(ok(spec.toYaml())).isEqualTo(spec);
    }

    @Test
    void what_is_read_is_read_again_from_what_it_writes() {
        for (String yaml : SpecCorpus.GOOD) {
            assertThat(ok(ok(yaml).toYaml())).as(yaml).isEqualTo(ok(yaml));
        }
    }

    @Test
    void problems_of_groups_and_hosts_come_all_at_once() {
        List<Problem> problems = problems("""
                cluster: heat
                provider: hosts
                nodes:
                  - name: Big
                    hosts: [n1, n2]
                    minimum: 3
                  - hosts: [n1:22, n3, n3 4]
                    count: 2
                    hots: 1
                  - name: c
                    hosts: [{address: n5, prot: 22}, ]
                    type: x
                """);

        assertThat(problems)
                .extracting(problem -> problem.line() + " " + problem.path() + " "
                        + problem.nearest().orElse("-") + " " + problem.what())
                .containsExactly(
                        "4 nodes[0].name big \"Big\" does not fit here",
                        "6 nodes[0].minimum - minimum is 3, more than the nodes there are to be",
                        "7 nodes[1].name - this key is missing",
                        "7 nodes[1].hosts[0] - this host stands already in line 5",
                        "7 nodes[1].hosts[2] - \"n3 4\" does not fit here",
                        "8 nodes[1].count - count is 2, and there are 3 hosts",
                        "9 nodes[1].hots hosts \"hots\" is no key",
                        "11 nodes[2].hosts[0].prot port \"prot\" is no key",
                        "12 nodes[2].type - this key applies to cloud providers only, and the provider is hosts");
    }

    @Test
    void a_number_where_a_name_belongs_wants_quotes() {
        String yaml = NODES.replace("local", "openstack-nova") + "  type: 4\n";
        assertThat(problems(yaml).getFirst().advice()).isEqualTo("Put it in quotes: \"4\".");
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
