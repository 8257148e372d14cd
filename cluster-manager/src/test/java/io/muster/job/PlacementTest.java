package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.api.MusterException;
import io.muster.spec.JobSpec;
import io.muster.spec.Oversubscribe;
import io.muster.spec.Program;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    private static final List<Placement.Room> FOUR_BY_TWO = IntStream.rangeClosed(1, 4)
            .mapToObj(i -> new Placement.Room("heat-" + i, 2, 0))
            .toList();

    @Test
    void nodes_are_filled_in_order() {
        assertThat(place(job(5), FOUR_BY_TWO)).containsExactly(0, 0, 1, 1, 2);
    }

    @Test
    void per_node_spreads_the_ranks() {
        assertThat(place(job(4).withPerNode(1), FOUR_BY_TWO)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void more_ranks_than_slots_are_refused_with_what_would_fit() {
        assertThatThrownBy(() -> place(job(9), FOUR_BY_TWO)).isInstanceOfSatisfying(MusterException.class, e -> {
            assertThat(e.kind()).isEqualTo(MusterException.Kind.INPUT);
            assertThat(e.what()).contains("9 ranks");
            assertThat(e.seen()).contains("8 places on 4 ready nodes");
            assertThat(e.next()).contains("-n 8").contains("--oversubscribe");
        });
    }

    @Test
    void oversubscription_deals_the_rest_out_in_turn() {
        assertThat(place(job(11).withOversubscribe(Oversubscribe.ALLOW), FOUR_BY_TWO))
                .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3);
    }

    @Test
    void per_node_above_the_slots_needs_oversubscription() {
        assertThatThrownBy(() -> place(job(12).withPerNode(3), FOUR_BY_TWO)).isInstanceOf(MusterException.class);
        assertThat(place(job(12).withPerNode(3).withOversubscribe(Oversubscribe.ALLOW), FOUR_BY_TWO))
                .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);
    }

    private static final List<Placement.Room> PARTLY_BUSY = List.of(
            new Placement.Room("heat-1", 2, 2),
            new Placement.Room("heat-2", 2, 1),
            new Placement.Room("heat-3", 2, 0),
            new Placement.Room("heat-4", 2, 5));

    @Test
    void slots_of_running_jobs_are_taken() {
        assertThat(place(job(3), PARTLY_BUSY)).containsExactly(1, 2, 2);
        assertThat(place(job(2).withPerNode(1), PARTLY_BUSY)).containsExactly(1, 2);
        assertThatThrownBy(() -> place(job(4), PARTLY_BUSY)).isInstanceOfSatisfying(MusterException.class, e -> {
            assertThat(e.kind()).isEqualTo(MusterException.Kind.BUSY);
            assertThat(e.seen()).contains("3 places", "heat-1 has 2 slots, 0 free", "heat-2 has 2 slots, 1 free");
            assertThat(e.next()).contains("muster jobs", "-n 3", "--oversubscribe");
        });
    }

    @Test
    void oversubscription_takes_free_slots_first() {
        assertThat(place(job(5).withOversubscribe(Oversubscribe.ALLOW), PARTLY_BUSY))
                .containsExactly(0, 1, 1, 2, 2);
    }

    @Test
    void no_ready_node_says_so() {
        assertThatThrownBy(() -> place(job(1).withOversubscribe(Oversubscribe.ALLOW), List.of()))
                .isInstanceOfSatisfying(
                        MusterException.class, e -> assertThat(e.seen()).isEqualTo("no node is ready"));
    }

    private static JobSpec job(int ranks) {
        return JobSpec.of(new Program.Command(List.of("true")), ranks);
    }

    private static List<Integer> place(JobSpec spec, List<Placement.Room> rooms) {
        return Placement.of(spec, "heat", rooms).nodeOfRank();
    }
}
