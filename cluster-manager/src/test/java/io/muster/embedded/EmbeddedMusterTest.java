package io.muster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.api.MusterApi;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.NodeStatus;
import io.muster.cluster.MusterHome;
import io.muster.spec.ClusterName;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.LockAttempt;
import io.muster.state.StateStore;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedMusterTest {
    private static final ClusterName HEAT = new ClusterName("heat");

    @TempDir
    Path temp;

    @Test
    void down_touches_no_job_while_another_operation_has_the_cluster() {
        MusterHome home = new MusterHome(temp);
        try (StateStore store = StateStore.open(home.state());
                MusterApi muster = EmbeddedMuster.open(home, List.of())) {
            StoredCluster cluster = store.clusters().create(HEAT, "local", "x", Cause.of("test"));
            StoredJob job = store.jobs().submit(cluster.id(), "{}", Cause.of("test"));
            store.jobs().move(job.id(), JobState.RUNNING, Cause.of("test"));
            LockAttempt.Acquired other = (LockAttempt.Acquired) store.lock(HEAT, "up");
            try (var _ = other.lock()) {
                assertThatExceptionOfType(MusterException.class)
                        .isThrownBy(() -> muster.down("heat", _ -> {}))
                        .matches(e -> e.kind() == Kind.BUSY);
            }
            assertThat(store.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        }
    }

    @Test
    void a_provider_that_does_not_answer_hides_no_cluster() {
        MusterHome home = new MusterHome(temp);
        try (StateStore store = StateStore.open(home.state());
                MusterApi muster = EmbeddedMuster.open(home, List.of(new SilentProvider()))) {
            StoredCluster cluster = store.clusters().create(HEAT, "silent", "x", Cause.of("test"));
            store.nodes().want(cluster.id(), "heat-1", 0, Cause.of("test"));
            assertThat(muster.clusters()).singleElement().satisfies(status -> {
                assertThat(status.cluster()).isEqualTo("heat");
                assertThat(status.nodes()).singleElement().satisfies(node -> {
                    assertThat(node.health()).isEqualTo(NodeStatus.Health.UNREACHABLE);
                    assertThat(node.message()).contains("nobody is there");
                });
            });
        }
    }

    @Test
    void a_state_store_that_fails_is_said_by_every_verb() {
        MusterApi muster = EmbeddedMuster.open(new MusterHome(temp), List.of());
        muster.close();
        List<ThrowingCallable> verbs = List.of(
                () -> muster.jobs(Optional.empty()),
                () -> muster.job("heat.1"),
                () -> muster.cancel("heat.1"),
                () -> muster.events("heat"),
                () -> muster.clusters(),
                () -> muster.down("heat", _ -> {}));
        for (ThrowingCallable verb : verbs) {
            assertThatExceptionOfType(MusterException.class).isThrownBy(verb).satisfies(e -> {
                assertThat(e.kind()).isEqualTo(Kind.INFRASTRUCTURE);
                assertThat(e.where()).isEqualTo(temp.toString());
            });
        }
    }
}
