package io.muster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SubmittedJobTest {
    static List<Program> programs() {
        return List.of(
                new Program.Jar("a b.jar", List.of("--size", "9")),
                new Program.MainClass("demo.Main", List.of("lib/x.jar", "."), List.of()),
                new Program.Command(List.of("sh", "-c", "echo \"ü\"")));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void what_was_written_is_read_back(Program program) {
        JobSpec spec = JobSpec.of(program, 4)
                .withEnvironment(Map.of("A", "1"))
                .withWallTime(Duration.ofMinutes(3))
                .withPerNode(2)
                .withOutputs(List.of("*.png"));
        SubmittedJob job = new SubmittedJob(spec, "/home/ann/x", List.of("heat-1", "heat-2"), List.of(2, 1));
        assertThat(SubmittedJob.fromJson(job.toJson())).isEqualTo(job);
    }

    @Test
    void what_a_version_kept_that_did_not_count_ranks_is_read() {
        JobSpec spec = JobSpec.of(new Program.Command(List.of("true")), 3);
        SubmittedJob job = new SubmittedJob(spec, "/home/ann/x", List.of("heat-1", "heat-2"), List.of(2, 1));
        String older = job.toJson().replace(",\"ranksOnNodes\":[2,1]", "");
        assertThat(older).doesNotContain("ranksOnNodes");
        assertThat(SubmittedJob.fromJson(older).ranksOn("heat-1")).isZero();
        assertThat(job.ranksOn("heat-1")).isEqualTo(2);
        assertThat(job.ranksOn("heat-3")).isZero();
    }
}
