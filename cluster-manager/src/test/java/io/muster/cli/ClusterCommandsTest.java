package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.screen.Destination.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class ClusterCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
    }

    @Test
    void status_of_one_and_of_all() {
        cli.withCluster();

        assertThat(cli.run("status", "heat")).isZero();
        assertThat(cli.out()).contains("cluster heat: ready", "heat-1");
        assertThat(cli.run("status")).isZero();
        assertThat(cli.out()).contains("CLUSTER", "heat", "8/8");
        assertThat(cli.run("status", "--output", "json")).isZero();
        assertThat(JSON.readTree(cli.out()).get(0).get("readySlots").asInt()).isEqualTo(8);
    }

    @Test
    void nothing_stands() {
        assertThat(cli.run("status")).isZero();
        assertThat(cli.err()).contains("no cluster stands");
        assertThat(cli.run("status", "heat")).isEqualTo(4);
        assertThat(cli.err()).isEqualTo("""
                        muster: there is no cluster heat
                          where: cluster heat
                          seen:  clusters: []
                          next:  muster status lists what stands
                        """);
    }

    @Test
    void down_asks_on_a_terminal_before_it_cancels_what_runs() {
        cli.withCluster();
        assertThat(cli.run("submit", "heat", "-n", "1", "--", "sleep", "9")).isZero();
        cli.errKind = Kind.TERMINAL;
        cli.typed = "n\n";
        assertThat(cli.run("down", "heat")).isZero();
        assertThat(cli.err()).contains("heat.1", "nothing was done");
        assertThat(cli.run("status", "heat")).isZero();
        assertThat(cli.run("down", "heat", "-y")).isZero();
        assertThat(cli.run("status", "heat")).isEqualTo(4);
    }

    @Test
    void down_says_what_it_cancels_where_nobody_can_answer() {
        cli.withCluster();
        assertThat(cli.run("submit", "heat", "-n", "1", "--", "sleep", "9")).isZero();
        assertThat(cli.run("down", "heat")).isZero();
        assertThat(cli.err()).contains("heat.1", "sleep 9");
    }

    @Test
    void events_are_lines() {
        cli.withCluster();

        assertThat(cli.run("events", "heat")).isZero();
        assertThat(cli.out()).contains("wanted by the user", "every node is ready (4 of 4)");
        assertThat(cli.run("events", "heat", "--output", "json")).isZero();
        assertThat(cli.out()
                        .lines()
                        .map(JSON::readTree)
                        .map(event -> event.get("kind").asString()))
                .containsExactly("cluster_created", "cluster_phase");
    }

    @Test
    void ssh_ends_as_the_client_ends() {
        cli.withCluster();
        cli.muster.sshCommand = List.of("sh", "-c", "exit $1", "sh");

        assertThat(cli.run("ssh", "heat", "heat-2", "--", "7")).isEqualTo(7);
        assertThat(cli.run("ssh", "heat", "--", "9")).isEqualTo(9);
    }

    @Test
    void ssh_without_a_client_says_how_to_get_one() {
        cli.withCluster();
        cli.muster.sshCommand = List.of(folder.resolve("no-such-client").toString());

        assertThat(cli.run("ssh", "heat")).isEqualTo(3);
        assertThat(cli.err()).contains("the ssh client could not be started", "/state/ssh_config", "nstall");
    }

    @Test
    void ssh_as_json_and_with_wrong_words() {
        cli.withCluster();
        assertThat(cli.run("ssh", "heat", "heat-3", "--output", "json")).isZero();
        assertThat(JSON.readTree(cli.out()).get("node").asString()).isEqualTo("heat-3");
        assertThat(cli.run("ssh", "heat", "heat-3", "ls")).isEqualTo(2);
        assertThat(cli.err()).contains("stands after --, as in: muster ssh heat heat-3 -- ls");
        assertThat(cli.run("ssh", "heat", "uname", "now")).isEqualTo(2);
        assertThat(cli.err()).contains("muster ssh heat -- uname now");
    }
}
