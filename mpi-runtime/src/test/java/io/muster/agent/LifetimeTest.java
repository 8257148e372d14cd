package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node ends when its time is over, also when the agent was started anew meanwhile. */
final class LifetimeTest {
    @TempDir
    Path folder;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void at_its_end_the_command_runs_and_then_the_agent_ends() throws Exception {
        Path trace = folder.resolve("trace");
        lifetime().set(Instant.now().toEpochMilli() + 50, "echo over > " + trace);
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(trace).hasContent("over");
        assertThat(log).anyMatch(line -> line.contains("gave 0"));
    }

    @Test
    void an_agent_that_was_started_anew_knows_it() throws Exception {
        Files.writeString(folder.resolve("lifetime"), Instant.now().toEpochMilli() + "\n");
        lifetime().resume();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_longer_or_no_lifetime_replaces_a_shorter_one() throws IOException {
        Lifetime lifetime = lifetime();
        lifetime.set(Instant.now().plusSeconds(3600).toEpochMilli(), "false");
        assertThat(folder.resolve("lifetime")).exists();
        lifetime.set(0, "");
        assertThat(folder.resolve("lifetime")).doesNotExist();
        lifetime.resume();
        assertThat(ended.getCount()).isEqualTo(1);
    }

    private Lifetime lifetime() {
        return new Lifetime(folder, ended::countDown, log::add);
    }
}
