package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types with gaps travel without them, in messages of all sizes and in collective operations. */
final class DerivedTypeTest {
    private static final int COLUMN = 3;

    /** A square matrix, row by row, in each primitive type. */
    private static Object matrix(Datatype type, int side, int seed) {
        return TypedArrays.filled(type, side * side, seed);
    }

    private static Datatype column(int side, Datatype type) {
        return Datatype.createVector(side, 1, side, type);
    }

    /** {@code into} with column {@link #COLUMN} taken from {@code from}. */
    private static Object withColumn(Datatype type, Object into, Object from, int side) {
        Object expected = type.element.newArray(side * side);
        System.arraycopy(into, 0, expected, 0, side * side);
        for (int row = 0; row < side; row++) {
            System.arraycopy(from, row * side + COLUMN, expected, row * side + COLUMN, 1);
        }
        return expected;
    }

    @ParameterizedTest
    @EnumSource
    void a_column_of_every_type_travels_into_a_column(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            for (Datatype type : TypedArrays.TYPES) {
                for (int side : new int[] {5, 300}) {
                    Datatype column = column(side, type);
                    Object first = matrix(type, side, 1);
                    Object second = matrix(type, side, 2);
                    if (comm.Rank() == 0) {
                        comm.Send(first, COLUMN, 1, column, 1, 0);
                    } else {
                        Object expected = withColumn(type, second, first, side);
                        Status status = comm.Recv(second, COLUMN, 1, column, 0, 0);
                        assertThat(status.Get_count(column)).isEqualTo(1);
                        assertThat(status.Get_elements(column)).isEqualTo(side);
                        TypedArrays.checkSame(second, expected, "column of " + side + " " + type);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void long_messages_of_gaps_fit_plain_ones_of_the_same_elements(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int blocks = 40_000;
            Datatype pairs = Datatype.createVector(blocks, 2, 3, MPI.INT);
            int[] spread = IntStream.range(0, 3 * blocks).toArray();
            int[] plain = IntStream.range(0, 3 * blocks).filter(i -> i % 3 < 2).toArray();
            if (comm.Rank() == 0) {
                comm.Isend(spread, 0, 1, pairs, 1, 0).Wait();
                comm.Ssend(plain, 0, plain.length, MPI.INT, 1, 1);
            } else {
                int[] got = new int[plain.length];
                comm.Recv(got, 0, got.length, MPI.INT, 0, 0);
                assertThat(got).isEqualTo(plain);
                int[] gotSpread = new int[3 * blocks];
                Arrays.setAll(gotSpread, i -> i % 3 < 2 ? -1 : i);
                comm.Irecv(gotSpread, 0, 1, pairs, 0, 1).Wait();
                assertThat(gotSpread).isEqualTo(spread);
            }
        });
    }

    @Test
    void a_transposed_matrix_is_a_message_of_columns() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            int side = 50;
            double[] in = IntStream.range(0, side * side).asDoubleStream().toArray();
            double[] out = new double[side * side];
            Datatype columns = Datatype.createResized(column(side, MPI.DOUBLE), 0, 1);
            comm.Sendrecv(in, 0, side, columns, 0, 0, out, 0, side * side, MPI.DOUBLE, 0, 0);
            for (int i = 0; i < out.length; i++) {
                assertThat(out[i]).isEqualTo(in[i % side * side + i / side]);
            }
            comm.Sendrecv_replace(in, 0, side, columns, 0, 0, 0, 0);
            assertThat(in[side + 1]).isEqualTo(side + 1);
        });
    }

    @Test
    void structures_lie_in_buffers_of_bytes() {
        RankThreads.run(2, Wiring.SHM, comm -> {
            Datatype record = Datatype.createResized(
                    Datatype.createStruct(new int[] {1, 2}, new int[] {0, 8}, new Datatype[] {MPI.INT, MPI.DOUBLE}),
                    0,
                    32);
            int count = 3;
            ByteBuffer buffer = MPI.newByteBuffer(32 * count);
            if (comm.Rank() == 0) {
                for (int i = 0; i < count; i++) {
                    buffer.putInt(32 * i, i).putInt(32 * i + 4, 99).putDouble(32 * i + 8, i + 0.5);
                    buffer.putDouble(32 * i + 16, i + 0.25).putDouble(32 * i + 24, 99);
                }
                comm.send(buffer, count, record, 1, 0);
            } else {
                assertThat(comm.recv(buffer, count, record, 0, 0).getCount(record))
                        .isEqualTo(count);
                for (int i = 0; i < count; i++) {
                    assertThat(buffer.getInt(32 * i)).isEqualTo(i);
                    assertThat(buffer.getInt(32 * i + 4)).as("the gap").isZero();
                    assertThat(buffer.getDouble(32 * i + 8)).isEqualTo(i + 0.5);
                    assertThat(buffer.getDouble(32 * i + 16)).isEqualTo(i + 0.25);
                    assertThat(buffer.getDouble(32 * i + 24)).as("the gap").isZero();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void collective_operations_take_types_with_gaps(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            int me = comm.Rank();
            // Every second element; the next one begins where the last one has ended.
            Datatype spread = Datatype.createResized(Datatype.createVector(4, 1, 2, MPI.LONG), 0, 8);
            long[] mine = new long[24];
            Arrays.setAll(mine, i -> i / 8 == me ? 100 * me + i : -1);

            long[] all = new long[24];
            comm.Allgather(mine, 8 * me, 1, spread, all, 0, 1, spread);
            assertThat(all).as("allgather").isEqualTo(expected(rank -> 100L * rank));

            long[] news = me == 1 ? mine : new long[24];
            comm.Bcast(news, 8, 1, spread, 1);
            assertThat(news[8 + 4]).as("bcast").isEqualTo(112);
            assertThat(news[8 + 5]).as("bcast").isEqualTo(me == 1 ? 113 : 0);

            long[] exchanged = new long[24];
            Arrays.setAll(mine, i -> 1000 * me + i);
            comm.Alltoall(mine, 0, 1, spread, exchanged, 0, 1, spread);
            assertThat(exchanged[8 * 2 + 6]).as("alltoall").isEqualTo(2000 + 8 * me + 6);
            assertThat(exchanged[8 * 2 + 7]).as("alltoall").isZero();

            int[] counts = {1, 1, 1};
            int[] backwards = {2, 1, 0};
            long[] gathered = new long[24];
            comm.Gatherv(mine, 0, 4, MPI.LONG, gathered, 0, counts, backwards, spread, 0);
            if (me == 0) {
                assertThat(gathered[2]).as("gatherv").isEqualTo(2001);
                assertThat(gathered[8 * 2 + 6]).as("gatherv").isEqualTo(3);
            }

            long[] sum = new long[24];
            Arrays.setAll(mine, i -> i);
            comm.Allreduce(mine, 0, sum, 0, 1, spread, MPI.SUM);
            assertThat(Arrays.copyOf(sum, 8)).as("allreduce").containsExactly(0, 0, 6, 0, 12, 0, 18, 0);
        });
    }

    private interface OfRank {
        long value(int rank);
    }

    private static long[] expected(OfRank ofRank) {
        long[] values = new long[24];
        Arrays.setAll(values, i -> i % 2 == 0 ? ofRank.value(i / 8) + i : 0);
        return values;
    }

    @Test
    void types_tell_their_size_and_bounds() {
        Datatype indexed = Datatype.Indexed(new int[] {2, 1}, new int[] {4, 1}, MPI.INT);
        assertThat(indexed.Size()).isEqualTo(12);
        assertThat(indexed.Lb()).isEqualTo(1);
        assertThat(indexed.Ub()).isEqualTo(6);
        assertThat(indexed.Extent()).isEqualTo(5);
        assertThat(Datatype.Hvector(3, 1, 7, MPI.DOUBLE).Extent()).isEqualTo(15);
        assertThat(Datatype.Hindexed(new int[] {1}, new int[] {3}, indexed).getTrueLb())
                .isEqualTo(4);
        Datatype structure = Datatype.Struct(new int[] {1, 1}, new int[] {0, 9}, new Datatype[] {indexed, MPI.INT});
        assertThat(structure.getTrueExtent()).isEqualTo(9);
        assertThat(structure.dup().getSize()).isEqualTo(16);
        assertThat(Datatype.Contiguous(3, MPI.SHORT2).getExtent()).isEqualTo(6);
    }

    @Test
    void markers_set_the_bounds_of_a_structure_and_carry_nothing() {
        Datatype four = Datatype.Contiguous(4, MPI.INT);
        Datatype upper = Datatype.Struct(new int[] {1, 1}, new int[] {0, 97}, new Datatype[] {four, MPI.UB});
        assertThat(new int[] {upper.Lb(), upper.Ub(), upper.Extent()}).containsExactly(0, 97, 97);
        Datatype both =
                Datatype.Struct(new int[] {1, 2, 1}, new int[] {-3, 2, 86}, new Datatype[] {MPI.LB, four, MPI.UB});
        assertThat(new int[] {both.Lb(), both.Ub(), both.Extent()}).containsExactly(-3, 86, 89);
        assertThat(both.Size()).isEqualTo(8 * Integer.BYTES);
        Datatype unused = Datatype.Struct(new int[] {1, 0}, new int[] {0, 97}, new Datatype[] {four, MPI.UB});
        assertThat(unused.Extent()).isEqualTo(4);
        RankThreads.run(1, Wiring.SHM, comm -> {
            Datatype spread = Datatype.Struct(new int[] {1, 1}, new int[] {0, 3}, new Datatype[] {MPI.INT, MPI.UB});
            int[] target = new int[2];
            comm.Sendrecv(new int[] {1, 2, 3, 4, 5}, 0, 2, spread, 0, 0, target, 0, 2, MPI.INT, 0, 0);
            assertThat(target).containsExactly(1, 4);
        });
    }

    @Test
    void what_does_not_fit_is_told() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            Datatype vector = Datatype.Vector(2, 1, 5, MPI.INT);
            comm.Isend(new int[6], 0, 1, vector, MPI.PROC_NULL, 0).Wait();
            assertThatThrownBy(() -> comm.Send(new int[5], 0, 1, vector, MPI.PROC_NULL, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_BUFFER");
            Datatype before = Datatype.Indexed(new int[] {1}, new int[] {-2}, MPI.INT);
            comm.Send(new int[5], 2, 1, before, MPI.PROC_NULL, 0);
            assertThatThrownBy(() -> comm.Send(new int[5], 1, 1, before, MPI.PROC_NULL, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_BUFFER");
            assertThatThrownBy(() -> Datatype.Indexed(new int[] {1}, new int[] {1, 2}, MPI.INT))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_ARG");
            assertThatThrownBy(() -> Datatype.Vector(1, -1, 1, MPI.INT)).isInstanceOf(MPIException.class);
        });
    }
}
