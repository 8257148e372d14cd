package io.muster.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobSpecTest {
    private static final Program JAR = new Program.Jar("lib/heat.jar", List.of("--size", "8192"));

    @Test
    void every_job_is_read_back_as_it_was_written() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Z", "1");
        environment.put("A", "a \"quoted\" é\n");
        JobSpec full = JobSpec.of(new Program.MainClass("a.Main", List.of("x.jar", "classes"), List.of("-v")), 8)
                .withName("my job")
                .withPerNode(2)
                .withInputs(List.of("in/*.csv"))
                .withOutputs(List.of("out/**"))
                .withEnvironment(environment)
                .withJvmOptions(List.of("-Xmx1g"))
                .withWallTime(Duration.ofMinutes(5))
                .withOversubscribe(Oversubscribe.ALLOW);
        for (JobSpec job : List.of(
                full,
                JobSpec.of(JAR, 1),
                JobSpec.of(new Program.Command(List.of("sh", "-c", "echo $MUSTER_RANK")), 3))) {
            SubmittedJob submitted =
                    new SubmittedJob(job, "/home/user/heat", List.of("heat-1", "heat-2"), List.of(1, 1));
            assertThat(SubmittedJob.fromJson(submitted.toJson())).isEqualTo(submitted);
        }
        SubmittedJob submitted = new SubmittedJob(full, "/", List.of("heat-1"), List.of(4));
        assertThat(SubmittedJob.fromJson(submitted.toJson())
                        .spec()
                        .environment()
                        .keySet())
                .containsExactly("Z", "A");
    }

    @Test
    void a_job_is_named_after_its_program() {
        assertThat(JobSpec.of(JAR, 1).name()).isEqualTo("heat");
        assertThat(JobSpec.nameOf(new Program.MainClass("a.b.Main", List.of("."), List.of())))
                .isEqualTo("Main");
        assertThat(JobSpec.nameOf(new Program.Command(List.of("/usr/bin/env", "x"))))
                .isEqualTo("env");
    }

    @Test
    void wrong_jobs_are_refused_with_what_was_seen() {
        JobSpec job = JobSpec.of(JAR, 4);
        assertThatThrownBy(() -> JobSpec.of(JAR, 0)).hasMessage("0 ranks; a job has 1 to 65536");
        assertThatThrownBy(() -> job.withPerNode(0)).hasMessageContaining("0 ranks per node");
        assertThatThrownBy(() -> job.withOutputs(List.of("../x"))).hasMessageContaining("leaves the working folder");
        assertThatThrownBy(() -> job.withOutputs(List.of("/etc/x"))).hasMessageContaining("leaves the working folder");
        assertThatThrownBy(() -> job.withEnvironment(Map.of("A B", "1"))).hasMessageContaining("A B");
        assertThatThrownBy(() -> job.withEnvironment(Map.of("MUSTER_RANK", "1")))
                .hasMessageContaining("Muster's own");
        assertThatThrownBy(() -> job.withWallTime(Duration.ZERO)).hasMessageContaining("wall time");
        assertThatThrownBy(() -> job.withName("a\nb")).hasMessageContaining("control characters");
        assertThatThrownBy(() -> new Program.Command(List.of())).hasMessageContaining("at least one word");
        assertThatThrownBy(() -> new Program.MainClass("Main", List.of(), List.of()))
                .hasMessageContaining("no class path");
    }

    @ParameterizedTest
    @CsvSource({"16 GiB, 17179869184, 16 GiB", "16GB, 16000000000, 16 GB", "1.5 GiB, 1610612736, 1536 MiB"})
    void memory_is_read_and_printed(String text, long bytes, String printed) {
        assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(MemorySize.parse(text)).hasToString(printed);
        assertThat(MemorySize.parse(printed)).isEqualTo(MemorySize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"20m, 1200, 20m", "90m, 5400, 1h30m", "8h, 28800, 8h", "2d, 172800, 2d", "61s, 61, 1m1s"})
    void durations_are_read_and_printed(String text, long seconds, String printed) {
        assertThat(TimeSpan.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(TimeSpan.print(TimeSpan.parse(text))).isEqualTo(printed);
    }

    @Test
    void mistyped_words_are_near_and_others_are_not() {
        List<String> known = List.of("count", "slots", "cores", "memory");
        assertThat(Spelling.nearest("cuont", known)).contains("count");
        assertThat(Spelling.nearest("mem", known)).contains("memory");
        assertThat(Spelling.nearest("SLOT", known)).contains("slots");
        assertThat(Spelling.nearest("zebra", known)).isEmpty();
        assertThat(Spelling.nearest("", known)).isEmpty();
    }
}
