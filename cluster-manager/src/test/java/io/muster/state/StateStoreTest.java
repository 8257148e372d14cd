package io.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.spec.ClusterName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateStoreTest {
    private static final ClusterName HEAT = new ClusterName("heat");
    private static final Cause UP = Cause.of("muster up heat.yaml");
    private static final NodeAddress ADDRESS =
            new NodeAddress("local-17", "127.0.0.1", 40_022, "heat", "ssh-ed25519 AAAAC3Nza");

    @TempDir
    Path temporary;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final InstantSource clock = () -> now;
    private StateStore store;

    @BeforeEach
    void open() {
        store = StateStore.open(temporary.resolve("muster"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_cluster_lives_from_creating_to_destroyed() {
        ClusterId id =
                store.clusters().create(HEAT, "local", "cluster: heat\n", UP).id();
        now = now.plusSeconds(3);
        store.clusters().move(id, ClusterPhase.BOOTSTRAPPING, UP);
        store.clusters().move(id, ClusterPhase.READY, UP);
        store.clusters().want(id, Wanted.DOWN, Cause.of("muster down heat"));
        store.clusters().move(id, ClusterPhase.DESTROYING, UP);
        StoredCluster gone = store.clusters().move(id, ClusterPhase.DESTROYED, UP);

        assertThat(gone.destroyedAt()).contains(now);
        assertThat(gone.wanted()).isEqualTo(Wanted.DOWN);
        assertThat(gone.createdAt()).isEqualTo(now.minusSeconds(3));
        assertThat(store.clusters().live(HEAT)).isEmpty();
        assertThat(store.clusters().allLive()).isEmpty();
        assertThat(store.clusters().find(id)).contains(gone);
        assertThat(store.events().of(id, 0, 100))
                .extracting(Event::kind)
                .containsExactly(
                        EventKind.CLUSTER_CREATED,
                        EventKind.CLUSTER_PHASE,
                        EventKind.CLUSTER_PHASE,
                        EventKind.CLUSTER_WANTED,
                        EventKind.CLUSTER_PHASE,
                        EventKind.CLUSTER_PHASE);
    }

    @Test
    void a_name_is_free_again_once_its_cluster_is_destroyed_and_its_history_stays() {
        ClusterId first = store.clusters().create(HEAT, "local", "a", UP).id();
        StoredJob job = store.jobs().submit(first, "{}", UP);
        assertThatThrownBy(() -> store.clusters().create(HEAT, "local", "b", UP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("CREATING");
        destroy(first);

        ClusterId second = store.clusters().create(HEAT, "local", "b", UP).id();

        assertThat(second).isNotEqualTo(first);
        assertThat(store.clusters().history(HEAT))
                .extracting(StoredCluster::specYaml)
                .containsExactly("a", "b");
        assertThat(store.jobs().of(second)).isEmpty();
        assertThat(store.jobs().ofName(HEAT)).containsExactly(job);
        assertThat(store.jobs().submit(second, "{}", UP).id()).hasToString("heat.2");
        assertThat(store.events().ofJob(job.id())).extracting(Event::cluster).containsExactly(first);
    }

    @Test
    void a_cluster_with_a_node_left_is_not_destroyed() {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();
        store.nodes().want(id, "heat-1", 0, UP);
        store.clusters().move(id, ClusterPhase.DESTROYING, UP);

        assertThatThrownBy(() -> store.clusters().move(id, ClusterPhase.DESTROYED, UP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("heat-1");
    }

    @Test
    void a_node_keeps_its_address_and_its_last_error() {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();
        store.nodes().want(id, "heat-2", 1, UP);
        store.nodes().want(id, "heat-1", 0, UP);
        store.nodes().created(id, "heat-1", ADDRESS, UP);
        store.nodes().agentAt(id, "heat-1", 7000, UP);
        StoredNode failed = store.nodes().failed(id, "heat-1", Cause.of("SSH refused"));

        assertThat(failed.address()).contains(ADDRESS);
        assertThat(failed.agentPort()).isEqualTo(OptionalInt.of(7000));
        assertThat(failed.lastError()).contains("SSH refused");
        assertThat(store.nodes().of(id)).extracting(StoredNode::name).containsExactly("heat-1", "heat-2");

        StoredNode again = store.nodes().want(id, "heat-1", 0, Cause.of("replace it"));
        assertThat(again.state()).isEqualTo(NodeState.WANTED);
        assertThat(again.address()).isEmpty();
        assertThat(again.agentPort()).isEmpty();
        assertThat(again.lastError()).isEmpty();
    }

    @Test
    void a_job_has_ended_when_its_head_node_says_as_far_as_that_can_be() {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();
        Instant submitted = now;
        Instant said = submitted.plusSeconds(3);
        for (Instant when : List.of(said, submitted.minusSeconds(100), submitted.plusSeconds(1000))) {
            now = submitted;
            JobId job = store.jobs().submit(id, "{\"ranks\":4}", UP).id();
            store.jobs().move(job, JobState.SUBMITTING, UP);
            store.jobs().move(job, JobState.RUNNING, UP);
            now = submitted.plusSeconds(240);
            StoredJob ended = store.jobs().end(job, JobState.DONE, OptionalInt.of(0), when, UP);
            Instant possible = when.isBefore(submitted) ? submitted : when.isAfter(now) ? now : when;
            assertThat(ended.endedAt()).contains(possible);
        }
    }

    @Test
    void a_job_keeps_its_times_and_outcome() {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();
        JobId job = store.jobs().submit(id, "{\"ranks\":4}", UP).id();
        store.jobs().move(job, JobState.SUBMITTING, UP);
        now = now.plusSeconds(1);
        store.jobs().move(job, JobState.RUNNING, UP);
        store.jobs().journalFetched(job, 10, UP);
        store.jobs().journalFetched(job, 4096, UP);
        now = now.plusSeconds(5);
        store.jobs().end(job, JobState.FAILED, OptionalInt.of(3), Cause.of("rank 2 on heat-1 ended with 3"));
        StoredJob ended = store.jobs().outputsFetched(job, UP);

        assertThat(ended.exitCode()).isEqualTo(OptionalInt.of(3));
        assertThat(ended.cause()).contains("rank 2 on heat-1 ended with 3");
        assertThat(ended.startedAt()).contains(now.minusSeconds(5));
        assertThat(ended.endedAt()).contains(now);
        assertThat(ended.journalOffset()).isEqualTo(4096);
        assertThat(ended.outputsFetched()).isTrue();
        assertThat(store.events().ofJob(job))
                .extracting(Event::kind)
                .containsExactly(
                        EventKind.JOB_SUBMITTED,
                        EventKind.JOB_STATE,
                        EventKind.JOB_STATE,
                        EventKind.JOB_JOURNAL,
                        EventKind.JOB_STATE,
                        EventKind.JOB_OUTPUTS);
        assertThatThrownBy(() -> store.jobs().move(job, JobState.RUNNING, UP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job heat.1 is FAILED and cannot become RUNNING");
    }

    @Test
    void a_transaction_is_all_or_nothing() {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();

        assertThatThrownBy(() -> store.change(state -> {
                    state.nodes().want(id, "heat-1", 0, UP);
                    state.nodes().move(id, "heat-1", NodeState.READY, UP);
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store.nodes().of(id)).isEmpty();
        assertThat(store.events().of(id, 0, 100)).hasSize(1);
    }

    @Test
    void events_carry_cause_and_details_and_are_paged() {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();
        Event note = store.events().note(id, "heat-1", new Cause("looked at it", "cores=2"));

        List<Event> all = store.events().ofName(HEAT, 0, 100);
        assertThat(all).last().isEqualTo(note);
        assertThat(note.details()).isEqualTo("cores=2");
        assertThat(note.node()).contains("heat-1");
        assertThat(store.events().of(id, all.getFirst().id(), 100)).containsExactly(note);
        assertThat(store.events().of(id, 0, 1)).containsExactly(all.getFirst());
    }

    @Test
    void what_was_written_is_there_after_opening_again_and_only_the_user_can_read_it() throws Exception {
        ClusterId id = store.clusters().create(HEAT, "local", "a", UP).id();
        try (StateStore second = StateStore.open(temporary.resolve("muster"), clock)) {
            assertThat(second.clusters().live(HEAT)).isPresent();
            second.clusters().move(id, ClusterPhase.READY, UP);
        }
        assertThat(store.clusters().live(HEAT).orElseThrow().phase()).isEqualTo(ClusterPhase.READY);
        Path folder = temporary.resolve("muster");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("state.db")))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    private void destroy(ClusterId id) {
        store.clusters().move(id, ClusterPhase.DESTROYING, UP);
        store.clusters().move(id, ClusterPhase.DESTROYED, UP);
    }
}
