package io.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.api.MusterException;
import io.muster.api.Progress;
import io.muster.plan.ClusterPlan;
import io.muster.plan.MachineFacts;
import io.muster.plan.Planner;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterSpec;
import io.muster.spec.NodeGroup;
import io.muster.state.Cause;
import io.muster.state.Event;
import io.muster.state.NodeState;
import io.muster.state.StateStore;
import io.muster.state.StoredCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProvisioningTest {
    private static final ClusterSpec SPEC = ClusterSpec.local("heat", 1)
            .withGroups(List.of(
                    NodeGroup.of(1).withName("head"),
                    NodeGroup.of(3).withName("work").withMinimum(2)));

    @TempDir
    Path temp;

    private final PartialProvider provider = new PartialProvider();
    private final List<Progress> progress = new ArrayList<>();
    private ClusterContext context;

    @BeforeEach
    void open() {
        MusterHome home = new MusterHome(temp);
        context = new ClusterContext(
                home,
                StateStore.open(home.state()),
                new Providers(List.of(provider)),
                new LinkPool(Optional.empty()),
                Installation::ofThisProcess);
    }

    @AfterEach
    void close() {
        context.links().close();
        context.store().close();
    }

    @Test
    void a_group_that_has_enough_goes_on_and_the_rest_is_given_up() throws ProviderException {
        provider.noRoomFor.add("heat-work-2");

        StoredCluster cluster = wanted();
        assertThat(provision(cluster))
                .extracting(ProvidedNode::name)
                .containsExactly("heat-head-1", "heat-work-1", "heat-work-3");

        assertThat(provider.destroyed).containsExactly("heat-work-2");
        assertThat(context.store().nodes().find(cluster.id(), "heat-work-2")).hasValueSatisfying(node -> {
            assertThat(node.state()).isEqualTo(NodeState.FAILED);
            assertThat(node.lastError()).contains("no room for it");
        });
        assertThat(context.store().events().ofName(SPEC.name(), 0, 100))
                .extracting(Event::message)
                .contains("going on without heat-work-2: the nodes that came are enough");
        assertThat(progress)
                .anyMatch(event -> event instanceof Progress.NodeStep step
                        && step.result() == Progress.Result.FAILED
                        && step.node().equals("heat-work-2"));

        provider.noRoomFor.clear();
        assertThat(provision(cluster)).hasSize(4);
    }

    @Test
    void a_group_that_has_too_few_ends_it_and_leaves_what_came() {
        provider.noRoomFor.addAll(List.of("heat-work-1", "heat-work-2"));
        StoredCluster cluster = wanted();

        assertThatExceptionOfType(MusterException.class)
                .isThrownBy(() -> provision(cluster))
                .withMessageContaining("2 of 4 nodes could not be created");
        assertThat(provider.list("heat")).hasSize(2);
    }

    @Test
    void enough_of_one_group_does_not_help_another() {
        provider.noRoomFor.add("heat-head-1");
        StoredCluster cluster = wanted();

        assertThatExceptionOfType(MusterException.class)
                .isThrownBy(() -> provision(cluster))
                .withMessageContaining("1 of 4 nodes could not be created");
    }

    private StoredCluster wanted() {
        return context.store().inTransaction(state -> {
            StoredCluster cluster = state.clusters().create(SPEC.name(), "local", SPEC.toYaml(), Cause.of("test"));
            plan().nodes()
                    .forEach(node -> state.nodes().want(cluster.id(), node.name(), node.index(), Cause.of("test")));
            return cluster;
        });
    }

    private List<ProvidedNode> provision(StoredCluster cluster) throws ProviderException {
        return new Provisioning(
                        context, plan(), cluster, provider, ClusterFolder.of(context.home(), "heat"), progress::add)
                .run();
    }

    private static ClusterPlan plan() {
        return new Planner(new MachineFacts(8, 1L << 34)).plan(SPEC);
    }
}
