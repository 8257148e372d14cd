package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"none", "lifetime", "lifetime.copy"})
    void an_agent_that_was_started_anew_knows_it_also_when_a_file_was_damaged(String damaged) throws Exception {
        Path trace = folder.resolve("trace");
        new Lifetime(folder, () -> {}, log::add).set(Instant.now().toEpochMilli() + 50, "echo over >> " + trace);
        await().until(() -> Files.exists(trace));
        if (!damaged.equals("none")) {
            Files.writeString(folder.resolve(damaged), "");
        }
        lifetime().resume();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(trace).hasContent("over\nover");
    }

    @Test
    void an_agent_starts_although_it_cannot_know_any_more() throws IOException {
        Files.writeString(folder.resolve("lifetime"), "");
        Files.writeString(folder.resolve("lifetime.copy"), "1700000000000\nfrom an older version");
        lifetime().resume();
        assertThat(log).anyMatch(line -> line.contains("empty or torn")).anyMatch(line -> line.contains("version"));
        assertThat(ended.getCount()).isEqualTo(1);
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
