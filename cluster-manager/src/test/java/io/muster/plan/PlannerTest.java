package io.muster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.spec.ClusterSpec;
import io.muster.spec.MemorySize;
import java.time.Duration;
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
        ClusterSpec limited = ClusterSpec.local("heat", 1).withLifetimeLimit(Duration.ofHours(8));

        assertThat(PLANNER.plan(limited).notes()).singleElement().asString().contains("does not enforce them");
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
