package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.spec.ClusterName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One store, several processes. */
final class SharedStateIT {
    private static final ClusterName HEAT = new ClusterName("heat");
    private static final int WAIT_S = 60;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void processes_write_at_once_and_lose_nothing() throws Exception {
        try (StateStore store = StateStore.open(folder)) {
            ClusterId cluster = store.clusters()
                    .create(HEAT, "local", "x", Cause.of("test"))
                    .id();
            Process one = start("write");
            Process two = start("write");
            for (int i = 0; i < 50; i++) {
                store.jobs().submit(cluster, "{}", Cause.of("test"));
            }

            assertThat(one.waitFor(WAIT_S, TimeUnit.SECONDS)).isTrue();
            assertThat(two.waitFor(WAIT_S, TimeUnit.SECONDS)).isTrue();

            assertThat(one.exitValue()).isZero();
            assertThat(two.exitValue()).isZero();
            assertThat(store.jobs().of(cluster))
                    .hasSize(150)
                    .extracting(job -> job.id().number())
                    .startsWith(1)
                    .endsWith(150);
        }
    }

    @Test
    void processes_that_open_a_new_store_at_once_make_it_once() throws Exception {
        Process one = start("lock");
        Process two = start("lock");

        assertThat(List.of(firstLine(one), firstLine(two))).containsExactlyInAnyOrder("locked", "refused");
    }

    @Test
    void a_lock_is_gone_with_the_process_that_held_it() throws Exception {
        Process holder = start("lock");
        assertThat(firstLine(holder)).isEqualTo("locked");
        try (StateStore store = StateStore.open(folder)) {
            assertThat(store.lock(HEAT, "down")).isInstanceOfSatisfying(LockAttempt.HeldByOther.class, held -> {
                assertThat(held.pid()).isEqualTo(holder.pid());
                assertThat(held.operation()).isEqualTo("up");
                assertThat(held.message()).contains("process " + holder.pid());
            });

            holder.destroyForcibly().waitFor();

            assertThat(store.lock(HEAT, "down"))
                    .isInstanceOfSatisfying(
                            LockAttempt.Acquired.class,
                            attempt -> attempt.lock().close());
        }
    }

    private Process start(String what) throws IOException {
        Process process = StateProcess.start(what, folder);
        processes.add(process);
        return process;
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(reader.readLine());
    }
}
