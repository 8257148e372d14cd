package io.muster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.spec.ClusterSpec;
import io.muster.spec.HostSpec;
import io.muster.spec.NodeGroup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a standing cluster follows, and where its nodes keep their places. */
final class SpecChangeTest {
    private static final ClusterSpec FOUR = ClusterSpec.local("heat", 4);

    @Test
    void counts_and_limits_can_change() {
        assertThat(SpecChange.between(FOUR, FOUR)).isEqualTo(new SpecChange(List.of(), List.of()));
        assertThat(SpecChange.between(FOUR, ClusterSpec.local("heat", 6)).obstacles())
                .isEmpty();
        SpecChange limits = SpecChange.between(FOUR, FOUR.withLifetimeLimit(Duration.ofHours(1)));
        assertThat(limits.obstacles()).isEmpty();
        assertThat(limits.settings()).hasSize(1).first().asString().startsWith("limits: ");
    }

    @Test
    void what_nodes_are_like_cannot() {
        assertThat(SpecChange.between(FOUR, FOUR.withSlots(3)).obstacles()).containsExactly("slots: none → 3");
        assertThat(SpecChange.between(FOUR, ClusterSpec.of("heat", "docker", NodeGroup.of(4)))
                        .obstacles())
                .containsExactly("provider: local → docker");
    }

    @Test
    void groups_come_and_go_but_the_first_stays() {
        ClusterSpec two = groups("thin", "fat");
        assertThat(SpecChange.between(two, groups("thin")).obstacles()).isEmpty();
        assertThat(SpecChange.between(groups("thin"), two).obstacles()).isEmpty();
        assertThat(SpecChange.between(two, groups("fat")).obstacles())
                .hasSize(1)
                .first()
                .asString()
                .contains("head node");
        assertThat(SpecChange.between(two, groups("other")).obstacles()).hasSize(1);
    }

    @Test
    void hosts_come_and_go_at_the_end() {
        assertThat(SpecChange.between(hosts("a", "b"), hosts("a", "b", "c")).obstacles())
                .isEmpty();
        assertThat(SpecChange.between(hosts("a", "b"), hosts("a")).obstacles()).isEmpty();
        assertThat(SpecChange.between(hosts("a", "b"), hosts("b")).obstacles()).hasSize(1);
    }

    @Test
    void nodes_keep_their_places_and_new_ones_come_behind() {
        List<PlannedNode> planned = new Planner(new MachineFacts(64, 1L << 40))
                .plan(groups("thin", "fat"))
                .nodes();
        assertThat(NodeIndexes.of(planned, Map.of("heat-fat-1", 1, "heat-fat-2", 5, "heat-thin-1", 0)))
                .extracting(PlannedNode::name, PlannedNode::index)
                .containsExactly(
                        tuple("heat-thin-1", 0),
                        tuple("heat-fat-1", 1),
                        tuple("heat-fat-2", 5),
                        tuple("heat-thin-2", 6));
    }

    private static ClusterSpec groups(String... names) {
        return FOUR.withGroups(
                Arrays.stream(names).map(name -> NodeGroup.of(2).withName(name)).toList());
    }

    private static ClusterSpec hosts(String... addresses) {
        List<HostSpec> hosts = Arrays.stream(addresses)
                .map(address -> new HostSpec(
                        address,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()))
                .toList();
        return ClusterSpec.of("heat", ClusterSpec.HOSTS, NodeGroup.ofHosts(hosts));
    }
}
