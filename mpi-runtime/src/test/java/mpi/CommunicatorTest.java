package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Making communicators and grids (MPI 4.1, 7.4 and 8.5). */
final class CommunicatorTest {
    static Stream<Arguments> ranksAndWirings() {
        return CollectiveMatrixTest.ranksAndWirings();
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void split_groups_by_colour_and_orders_by_key(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            Intracomm part = comm.Split(me % 2, -me);
            int[] members =
                    IntStream.range(0, ranks).filter(r -> r % 2 == me % 2).toArray();
            assertThat(part.Size()).isEqualTo(members.length);
            assertThat(part.Rank()).isEqualTo(members.length - 1 - me / 2);
            int[] sum = new int[1];
            part.allReduce(new int[] {me}, sum, 1, MPI.INT, MPI.SUM);
            assertThat(sum).containsExactly(IntStream.of(members).sum());
            part.Free();
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void a_colour_that_is_undefined_gives_a_null_communicator(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            Intracomm part = comm.split(comm.Rank() == 0 ? MPI.UNDEFINED : 3, 0);
            assertThat(part.isNull()).isEqualTo(comm.Rank() == 0);
        });
    }

    @ParameterizedTest
    @EnumSource
    void messages_of_a_copy_do_not_mix_with_those_of_the_original(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Intracomm copy = comm.dup();
            if (comm.Rank() == 0) {
                comm.Send(new int[] {1}, 0, 1, MPI.INT, 1, 0);
                copy.Send(new int[] {2}, 0, 1, MPI.INT, 1, 0);
            } else {
                int[] in = new int[2];
                copy.Recv(in, 0, 1, MPI.INT, MPI.ANY_SOURCE, MPI.ANY_TAG);
                comm.Recv(in, 1, 1, MPI.INT, MPI.ANY_SOURCE, MPI.ANY_TAG);
                assertThat(in).containsExactly(2, 1);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_freed_communicator_is_refused(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Intracomm copy = comm.dup();
            copy.free();
            assertThatThrownBy(copy::barrier).isInstanceOf(MPIException.class).hasMessageContaining("MPI_ERR_COMM");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_thousand_communicators_are_made_and_freed(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            for (int i = 0; i < 1_000; i++) {
                Intracomm copy = comm.dup();
                int[] sum = new int[1];
                copy.allReduce(new int[] {i}, sum, 1, MPI.INT, MPI.SUM);
                assertThat(sum).containsExactly(2 * i);
                copy.free();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void messages_that_nobody_received_go_with_their_communicator(Wiring wiring) {
        // Many times what a rank keeps for another that does not receive.
        int rounds = 400;
        RankThreads.run(2, wiring, comm -> {
            for (int round = 0; round < rounds; round++) {
                Intracomm copy = comm.dup();
                if (comm.Rank() == 0) {
                    copy.Send(new byte[16 << 10], 0, 16 << 10, MPI.BYTE, 1, 0);
                    copy.Isend(new byte[64 << 10], 0, 64 << 10, MPI.BYTE, 1, 0);
                }
                copy.barrier();
                copy.free();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_grid_knows_neighbours_and_coordinates(Wiring wiring) {
        RankThreads.run(5, wiring, comm -> {
            CartComm grid = comm.createCart(new int[] {2, 2}, new boolean[] {false, true}, false);
            assertThat(grid.isNull()).isEqualTo(comm.Rank() == 4);
            if (comm.Rank() == 4) {
                return;
            }
            int row = comm.Rank() / 2;
            int column = comm.Rank() % 2;
            assertThat(grid.Coords(grid.Rank())).containsExactly(row, column);
            assertThat(grid.getRank(new int[] {row, column + 2})).isEqualTo(comm.Rank());
            ShiftParms down = grid.Shift(0, 1);
            assertThat(down.rank_source).isEqualTo(row == 0 ? MPI.PROC_NULL : column);
            assertThat(down.getRankDest()).isEqualTo(row == 1 ? MPI.PROC_NULL : 2 + column);
            ShiftParms right = grid.shift(1, 1);
            int[] in = new int[1];
            grid.sendRecv(
                    new int[] {comm.Rank()},
                    1,
                    MPI.INT,
                    right.getRankDest(),
                    0,
                    in,
                    1,
                    MPI.INT,
                    right.getRankSource(),
                    0);
            assertThat(in).containsExactly(2 * row + 1 - column);
            CartComm line = grid.sub(new boolean[] {false, true});
            assertThat(line.getSize()).isEqualTo(2);
            int[] sum = new int[1];
            line.allReduce(new int[] {comm.Rank()}, sum, 1, MPI.INT, MPI.SUM);
            assertThat(sum).containsExactly(4 * row + 1);
            CartParms parms = grid.Get();
            assertThat(parms.dims).containsExactly(2, 2);
            assertThat(parms.getPeriod(1)).isTrue();
        });
    }

    @Test
    void dimensions_are_as_equal_as_can_be_and_descend() {
        assertThat(dims(12, 0, 0)).containsExactly(4, 3);
        assertThat(dims(6, 0, 0)).containsExactly(3, 2);
        assertThat(dims(7, 0, 0)).containsExactly(7, 1);
        assertThat(dims(24, 0, 0, 0)).containsExactly(4, 3, 2);
        assertThat(dims(6, 0, 3, 0)).containsExactly(2, 3, 1);
        assertThat(dims(1, 0, 0)).containsExactly(1, 1);
        assertThatThrownBy(() -> dims(7, 2, 0)).isInstanceOf(MPIException.class).hasMessageContaining("Dims_create");
    }

    private static int[] dims(int ranks, int... dims) {
        Cartcomm.Dims_create(ranks, dims);
        return dims;
    }
}
