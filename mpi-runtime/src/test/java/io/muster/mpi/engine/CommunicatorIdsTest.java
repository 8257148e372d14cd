package io.muster.mpi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ids are unique among ranks and among the communicators of a rank, and come back when they are free. */
final class CommunicatorIdsTest {
    private static final int NUMBERS = 1 << 14;

    @Test
    void no_two_ranks_give_out_the_same_id_and_none_that_of_the_world() {
        Set<Integer> given = new HashSet<>(Set.of(0, 1));
        for (int rank : new int[] {0, 1, 2, 65_535}) {
            CommunicatorIds ids = new CommunicatorIds(rank);
            for (int i = 0; i < 1_000; i++) {
                int id = ids.takeOwn();
                assertThat(given.add(id)).isTrue();
                assertThat(Communicator.collectiveContext(id)).isNotNegative();
            }
        }
    }

    @Test
    void ids_in_use_are_passed_over_and_used_up_ones_are_told() {
        CommunicatorIds ids = new CommunicatorIds(3);
        int kept = ids.takeOwn();
        for (int i = 0; i < 2 * NUMBERS; i++) {
            int id = ids.takeOwn();
            assertThat(id).isNotEqualTo(kept);
            ids.release(id);
        }
        for (int i = 1; i < NUMBERS; i++) {
            ids.takeOwn();
        }
        assertThatThrownBy(ids::takeOwn).isInstanceOf(Failure.class).hasMessageContaining("free those");
        ids.release(kept);
        assertThat(ids.takeOwn()).isEqualTo(kept);
    }

    @Test
    void an_id_of_another_rank_is_taken_once() {
        CommunicatorIds ids = new CommunicatorIds(0);
        int others = new CommunicatorIds(5).takeOwn();
        assertThat(ids.take(others)).isTrue();
        assertThat(ids.take(others)).isFalse();
        ids.release(others);
        assertThat(ids.take(others)).isTrue();
    }
}
