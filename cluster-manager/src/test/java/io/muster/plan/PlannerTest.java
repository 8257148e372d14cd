package io.muster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.provider.Offer;
import io.muster.spec.ClusterSpec;
import io.muster.spec.HostSpec;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import io.muster.spec.NodeGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private static final Planner PLANNER =
            new Planner(new MachineFacts(8, MemorySize.ofGiB(16).bytes()));

    @Test
    void local_nodes_have_two_slots_and_names_from_one() {
        ClusterPlan plan = PLANNER.plan(ClusterSpec.local("heat", 4));

        assertThat(plan.nodes()).extracting(PlannedNode::name).containsExactly("heat-1", "heat-2", "heat-3", "heat-4");
        assertThat(plan.nodes()).extracting(PlannedNode::index).containsExactly(0, 1, 2, 3);
        assertThat(plan.slots()).isEqualTo(8);
        assertThat(plan.head().name()).isEqualTo("heat-1");
        assertThat(plan.pricePerHour()).isEmpty();
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void slots_follow_cores_unless_given() {
        assertThat(PLANNER.plan(ClusterSpec.local("heat", 1).withCores(3))
                        .head()
                        .slots())
                .isEqualTo(3);
        PlannedNode both = PLANNER.plan(
                        ClusterSpec.local("heat", 1).withCores(3).withSlots(6))
                .head();
        assertThat(both.cores()).isEqualTo(3);
        assertThat(both.slots()).isEqualTo(6);
    }

    @Test
    void more_than_the_machine_has_is_noted() {
        ClusterPlan plan = PLANNER.plan(ClusterSpec.local("heat", 5).withMemory(MemorySize.ofGiB(4)));

        assertThat(plan.notes())
                .containsExactly(
                        "The nodes ask for 10 cores together, this machine has 8: ranks will share cores and run"
                                + " slower.",
                        "The nodes ask for 20 GiB of memory together, this machine has 16 GiB: memory is not reserved,"
                                + " large jobs may run out.");
    }

    @Test
    void limits_that_nobody_enforces_are_noted() {
        ClusterSpec limited = ClusterSpec.local("heat", 1).withIdleLimit(Duration.ofHours(8));

        assertThat(PLANNER.plan(limited).notes()).singleElement().asString().contains("does not enforce them");
        assertThat(PLANNER.plan(ClusterSpec.local("heat", 1).withLifetimeLimit(Duration.ofHours(8)))
                        .notes())
                .isEmpty();
    }

    @Test
    void groups_give_their_names_to_their_nodes_and_one_index_goes_through_all() {
        ClusterPlan plan = PLANNER.plan(ClusterSpec.local("heat", 1)
                .withGroups(List.of(
                        NodeGroup.of(1).withName("big").withSlots(4),
                        NodeGroup.of(2).withName("small"))));

        assertThat(plan.nodes())
                .extracting(PlannedNode::name)
                .containsExactly("heat-big-1", "heat-small-1", "heat-small-2");
        assertThat(plan.nodes()).extracting(PlannedNode::index).containsExactly(0, 1, 2);
        assertThat(plan.nodes()).extracting(PlannedNode::slots).containsExactly(4, 2, 2);
    }

    @Test
    void a_host_has_its_own_slots_or_those_of_its_group_or_one() {
        HostSpec plain = HostSpec.parse("n1");
        HostSpec large = new HostSpec(
                "n2", Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), OptionalInt.of(8));
        NodeGroup group = NodeGroup.ofHosts(List.of(plain, large));

        ClusterPlan guessed = PLANNER.plan(ClusterSpec.of("heat", ClusterSpec.HOSTS, group));
        assertThat(guessed.nodes()).extracting(PlannedNode::slots).containsExactly(1, 8);
        assertThat(guessed.nodes())
                .extracting(PlannedNode::host)
                .containsExactly(Optional.of(plain), Optional.of(large));
        assertThat(guessed.notes()).singleElement().asString().contains("without slots counts 1");
        assertThat(guessed.isBilled()).isFalse();

        ClusterPlan given = PLANNER.plan(ClusterSpec.of("heat", ClusterSpec.HOSTS, group.withCores(4)));
        assertThat(given.nodes()).extracting(PlannedNode::slots).containsExactly(4, 8);
        assertThat(given.notes()).isEmpty();
    }

    @Test
    void nodes_of_a_cloud_have_types_and_prices() throws NoPlanException {
        ClusterSpec spec =
                ClusterSpec.of("heat", "aws-ec2", NodeGroup.of(3).withCores(2)).withLifetimeLimit(Duration.ofHours(8));
        List<Offer> offers = List.of(
                OfferChooserTest.offer("small", 2, 4, "0.10", ""), OfferChooserTest.offer("next", 4, 8, "0.15", ""));

        ClusterPlan plan = PLANNER.plan(spec, offers);

        assertThat(plan.head().types()).containsExactly("small", "next");
        assertThat(plan.head().slots()).isEqualTo(2);
        assertThat(plan.pricePerHour()).contains(Money.parse("0.30 USD"));
        assertThat(plan.priceOfLifetime()).contains(Money.parse("2.40 USD"));
        assertThat(plan.notes()).anyMatch(note -> note.contains("list prices of 2026-11-01"));
    }

    @Test
    void a_price_that_nobody_knows_is_no_price_of_nothing() throws NoPlanException {
        ClusterSpec spec = ClusterSpec.of("heat", "openstack-nova", NodeGroup.of(3));

        ClusterPlan plan = PLANNER.plan(spec, List.of(OfferChooserTest.offer("m1.small", 1, 2, "", "")));

        assertThat(plan.pricePerHour()).isEmpty();
        assertThat(plan.isBilled()).isTrue();
        assertThat(plan.notes()).singleElement().asString().contains("is not known", "openstack-nova");
    }

    @Test
    void the_number_of_nodes_is_bounded() {
        assertThatThrownBy(() -> ClusterSpec.local("heat", 4097))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count is 4097; it must be 1 to 4096");
        assertThat(PLANNER.plan(ClusterSpec.local("heat", 4096)).nodes()).hasSize(4096);
    }

    @Test
    void this_machine_has_cores_and_memory() {
        MachineFacts facts = MachineFacts.ofThisMachine();
        assertThat(facts.cores()).isPositive();
        assertThat(facts.memoryBytes()).isPositive();
    }
}
