package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code down} destroys no result that it could not fetch. */
final class SavedResultsIT {
    private static final String SPEC = """
            cluster: kept
            provider: local
            nodes: {count: 2, slots: 1}
            """;

    @TempDir
    Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    @BeforeEach
    void run_a_job_whose_outputs_nobody_has_fetched() {
        muster = new MusterCommand(temp);
        muster.file("kept.yaml", SPEC);
        MusterCommand.Result up = muster.run("up", "kept.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
        MusterCommand.Result submit = muster.run(
                "submit", "kept", "-n", "2", "--out", "r-*", "--", "sh", "-c", "echo result > r-$MUSTER_RANK");
        assertThat(submit.exit()).as(submit.toString()).isZero();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> muster.run("jobs").out().contains("done"));
    }

    @Test
    void an_agent_that_was_killed_is_started_again_for_its_files() throws Exception {
        ProcessHandle head = agent("kept-1");
        head.destroyForcibly();
        head.onExit().join();
        MusterCommand.Result down = muster.run("down", "kept");
        assertThat(down.exit()).as(down.toString()).isZero();
        assertThat(down.err()).contains("the agent of node kept-1 was gone and runs again");
        assertThat(muster.folder().resolve("r-0")).hasContent("result");
        assertThat(muster.folder().resolve("r-1")).hasContent("result");
        assertThat(muster.leftOvers()).isEmpty();
    }

    @Test
    void what_cannot_be_fetched_keeps_the_cluster_until_it_is_given_up() throws Exception {
        signal("STOP", agent("kept-2"));
        MusterCommand.Result down = muster.run("down", "kept");
        assertThat(down.exit()).as(down.toString()).isEqualTo(3);
        assertThat(down.err()).contains("could not be saved", "node kept-2", "--discard");
        assertThat(muster.folder().resolve("r-0")).hasContent("result");
        assertThat(muster.folder().resolve("r-1")).doesNotExist();
        assertThat(muster.leftOvers()).isNotEmpty();

        MusterCommand.Result discard = muster.run("down", "kept", "--discard");
        assertThat(discard.exit()).as(discard.toString()).isZero();
        assertThat(discard.err()).contains("it is given up");
        assertThat(muster.leftOvers()).isEmpty();
    }

    private ProcessHandle agent(String node) throws IOException {
        Path pid = muster.home().resolve("local/kept").resolve(node).resolve("home/.muster/node/agent/pid");
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
