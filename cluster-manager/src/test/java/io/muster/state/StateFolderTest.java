package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.spec.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StateFolderTest {
    private static final ClusterName HEAT = new ClusterName("heat");

    @TempDir
    Path folder;

    @Test
    void a_file_that_is_no_database_is_explained() throws IOException {
        Files.writeString(folder.resolve("state.db"), "this is no database, it is a letter to somebody\n".repeat(100));

        assertThatThrownBy(() -> StateStore.open(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("state.db")
                .hasMessageContaining("Move it");
    }

    @Test
    void a_database_of_a_newer_version_is_left_alone() throws SQLException {
        StateStore.open(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> StateStore.open(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("newer Muster")
                .hasMessageContaining("99");
    }

    @Test
    void a_folder_that_cannot_be_made_is_explained() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> StateStore.open(file.resolve("muster")))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("MUSTER_HOME");
    }

    @Test
    void an_operation_of_this_process_holds_the_lock_too() {
        try (StateStore store = StateStore.open(folder);
                StateStore other = StateStore.open(folder)) {
            LockAttempt first = store.lock(HEAT, "up");
            assertThat(other.lock(HEAT, "down"))
                    .isInstanceOfSatisfying(
                            LockAttempt.HeldByOther.class,
                            held -> assertThat(held.operation()).isEqualTo("up"));
            assertThat(other.lock(new ClusterName("flow"), "up"))
                    .isInstanceOfSatisfying(
                            LockAttempt.Acquired.class,
                            attempt -> attempt.lock().close());

            ((LockAttempt.Acquired) first).lock().close();

            assertThat(other.lock(HEAT, "down"))
                    .isInstanceOfSatisfying(
                            LockAttempt.Acquired.class,
                            attempt -> attempt.lock().close());
        }
    }

    @Test
    void many_threads_of_two_stores_write_at_once() throws Exception {
        try (StateStore one = StateStore.open(folder);
                StateStore two = StateStore.open(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ClusterId cluster =
                    one.clusters().create(HEAT, "local", "x", Cause.of("test")).id();
            List<Callable<StoredNode>> writes = IntStream.range(0, 64)
                    .mapToObj(index -> (Callable<StoredNode>) () -> (index % 2 == 0 ? one : two)
                            .nodes()
                            .want(cluster, "heat-" + (index + 1), index, Cause.of("test")))
                    .toList();

            for (var written : threads.invokeAll(writes)) {
                assertThat(written.get().state()).isEqualTo(NodeState.WANTED);
            }

            assertThat(two.nodes().of(cluster)).hasSize(64);
            assertThat(two.events().of(cluster, 0, 1000)).hasSize(65);
        }
    }

    @Test
    void job_ids_are_read_back_and_sort_by_age() {
        assertThat(JobId.parse("heat.12")).contains(new JobId(HEAT, 12));
        assertThat(new JobId(HEAT, 12)).hasToString("heat.12").isGreaterThan(new JobId(HEAT, 9));
        assertThat(List.of("heat", "heat.", "heat.0", "heat.01", "Heat.1", "heat-.1", "heat.1.2", "../heat.1"))
                .allSatisfy(text -> assertThat(JobId.parse(text)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void a_phase_may_stay_and_only_destroying_ends(ClusterPhase phase) {
        assertThat(phase.mayBecome(phase)).isTrue();
        boolean ends = phase == ClusterPhase.DESTROYING || phase == ClusterPhase.DESTROYED;
        assertThat(phase.mayBecome(ClusterPhase.DESTROYED)).isEqualTo(ends);
        assertThat(phase.mayBecome(ClusterPhase.READY)).isEqualTo(!ends);
    }

    @ParameterizedTest
    @EnumSource
    void a_job_that_ended_stays_so_unless_it_was_lost(JobState state) {
        boolean ended = state.isEnd() && state != JobState.LOST;
        assertThat(state.mayBecome(JobState.RUNNING)).isEqualTo(!ended);
        assertThat(state.mayBecome(JobState.CANCELLED)).isEqualTo(!ended);
        assertThat(state.mayBecome(JobState.STAGING)).isEqualTo(state == JobState.STAGING);
    }

    @ParameterizedTest
    @EnumSource
    void a_node_is_wanted_again_only_when_it_failed_or_is_gone(NodeState state) {
        boolean again = state == NodeState.WANTED || state == NodeState.FAILED || state == NodeState.GONE;
        assertThat(state.mayBecome(NodeState.WANTED)).isEqualTo(again);
    }
}
