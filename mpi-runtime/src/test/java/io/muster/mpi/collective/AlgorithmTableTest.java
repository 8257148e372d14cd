package io.muster.mpi.collective;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpi.collective.AlgorithmTable.Allreduce;
import io.muster.mpi.collective.AlgorithmTable.Alltoall;
import io.muster.mpi.collective.AlgorithmTable.Broadcast;
import io.muster.mpi.collective.AlgorithmTable.Reduce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlgorithmTableTest {
    @ParameterizedTest
    @CsvSource({
        "0, 8, 1, BINOMIAL",
        "131071, 8, 4, BINOMIAL",
        "131072, 8, 4, SCATTER_RING",
        "131072, 4, 2, SCATTER_RING",
        "131072, 4, 1, BINOMIAL",
        "1000000000, 2, 1, BINOMIAL",
        "1000000000, 3, 1, BINOMIAL",
        "1000000000, 3, 2, BINOMIAL",
        "1000000000, 3, 3, SCATTER_RING",
    })
    void long_messages_to_many_are_scattered_and_sent_round(long bytes, int ranks, int nodes, Broadcast expected) {
        assertThat(AlgorithmTable.broadcast(bytes, ranks, nodes)).isEqualTo(expected);
    }

    @Test
    void ranks_of_one_node_exchange_all_parts_at_once() {
        assertThat(AlgorithmTable.alltoall(1)).isEqualTo(Alltoall.LINEAR);
        assertThat(AlgorithmTable.alltoall(2)).isEqualTo(Alltoall.PAIRWISE);
    }

    @Test
    void an_operation_that_does_not_commute_is_done_in_rank_order() {
        assertThat(AlgorithmTable.reduce(true)).isEqualTo(Reduce.BINOMIAL);
        assertThat(AlgorithmTable.reduce(false)).isEqualTo(Reduce.ORDERED);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 1, 8, true, RECURSIVE_DOUBLING",
        "32767, 4095, 8, true, RECURSIVE_DOUBLING",
        "32768, 4096, 8, true, RING",
        "32768, 4096, 3, true, RING",
        "131071, 4096, 2, true, RECURSIVE_DOUBLING",
        "131072, 4096, 2, true, RING",
        "32768, 8, 8, true, RING",
        "32768, 7, 8, true, RECURSIVE_DOUBLING",
        "8, 1, 8, false, ORDERED_AND_BROADCAST",
        "32768, 4096, 8, false, ORDERED_AND_BROADCAST",
    })
    void long_reductions_of_at_least_an_element_a_rank_go_round(
            long bytes, int count, int ranks, boolean commutative, Allreduce expected) {
        assertThat(AlgorithmTable.allreduce(bytes, count, ranks, commutative)).isEqualTo(expected);
    }
}
