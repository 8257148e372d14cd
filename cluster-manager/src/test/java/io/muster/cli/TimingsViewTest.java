package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimingsViewTest {
    @TempDir
    Path folder;

    @Test
    void every_step_of_every_node_is_a_cell_and_the_slowest_is_named() throws Exception {
        CliFixture cli = new CliFixture(folder);
        Path file =
                Files.writeString(folder.resolve("heat.yaml"), "cluster: heat\nprovider: local\nnodes: {count: 2}\n");

        assertThat(cli.run("up", file.toString(), "--timings")).isZero();
        assertThat(cli.err())
                .containsPattern("timings of provision: 1\\.50 s, slowest step: step of heat-[12], 0\\.0[01] s")
                .containsPattern("NODE +STEP +ALL")
                .containsPattern("heat-1 +0\\.0[01] s +0\\.0[01] s")
                .contains("since the start of the command: ");
    }

    @Test
    void nothing_of_it_is_shown_unless_asked_for() throws Exception {
        CliFixture cli = new CliFixture(folder);
        Path file =
                Files.writeString(folder.resolve("heat.yaml"), "cluster: heat\nprovider: local\nnodes: {count: 2}\n");

        assertThat(cli.run("up", file.toString())).isZero();
        assertThat(cli.err()).doesNotContain("timings");
    }
}
