package mpi;

import static mpi.TypedArrays.checkSame;
import static mpi.TypedArrays.filled;
import static mpi.TypedArrays.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.mpi.buffer.ElementType;
import java.nio.IntBuffer;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions: both dialects × operator × type × size × root × ranks × transport (MPI 4.1, 6.9 and 6.11). */
final class ReductionMatrixTest {
    /** An operator and what it means; values stay below 50, so that products of five fit into an int. */
    private record Meaning(Op op, IntBinaryOperator function, boolean arithmetic, boolean logical) {
        boolean on(Datatype type) {
            return switch (type.element) {
                case FLOAT, DOUBLE -> arithmetic;
                case BOOLEAN -> logical;
                case BYTE, CHAR, SHORT, INT, LONG -> true;
            };
        }
    }

    private static final Meaning SUM = new Meaning(MPI.SUM, Integer::sum, true, false);
    private static final Meaning[] MEANINGS = {
        SUM,
        new Meaning(MPI.MAX, Math::max, true, false),
        new Meaning(MPI.MIN, Math::min, true, false),
        new Meaning(MPI.PROD, (a, b) -> a * b, false, false),
        new Meaning(MPI.BAND, (a, b) -> a & b, false, true),
        new Meaning(MPI.BOR, (a, b) -> a | b, false, true),
        new Meaning(MPI.BXOR, (a, b) -> a ^ b, false, true),
        new Meaning(MPI.LAND, (a, b) -> a != 0 && b != 0 ? 1 : 0, false, true),
        new Meaning(MPI.LOR, (a, b) -> a != 0 || b != 0 ? 1 : 0, false, true),
        new Meaning(MPI.LXOR, (a, b) -> (a != 0) != (b != 0) ? 1 : 0, false, true),
    };

    static Stream<Arguments> ranksAndWirings() {
        return CollectiveMatrixTest.ranksAndWirings();
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void every_operator_on_every_type_and_size(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            for (Matrix.Cell cell : Matrix.cells()) {
                // Long ones differ in algorithm and not in operator.
                for (Meaning meaning : cell.count() < 100 ? MEANINGS : new Meaning[] {SUM, MEANINGS[4]}) {
                    if (meaning.on(cell.type())) {
                        new Reducing(comm, cell, meaning).runAll();
                    }
                }
            }
        });
    }

    private record Reducing(Intracomm comm, Matrix.Cell cell, Meaning meaning) {
        void runAll() {
            Object total = folded(comm.Size());
            for (int root = 0; root < comm.Size(); root++) {
                reduce(root, total);
            }
            allreduce(total);
            scan();
        }

        private Object own() {
            return filled(cell.type(), cell.count(), 5 * comm.Rank() + 1);
        }

        private Object empty(int extra) {
            return cell.type().element.newArray(cell.count() + extra);
        }

        /** What the operands of ranks 0 to {@code until} - 1 make, in plain ints. */
        private Object folded(int until) {
            Object result = empty(0);
            boolean flags = cell.type().element == ElementType.BOOLEAN;
            for (int i = 0; i < Math.min(cell.count(), TypedArrays.PERIOD); i++) {
                int value = TypedArrays.value(i, 1, flags);
                for (int rank = 1; rank < until; rank++) {
                    value = meaning.function.applyAsInt(value, TypedArrays.value(i, 5 * rank + 1, flags));
                }
                TypedArrays.set(cell.type(), result, i, value);
            }
            return TypedArrays.repeated(result, cell.count());
        }

        private void check(@Nullable Object actual, Object expected, String call) {
            checkSame(actual, expected, call + " of " + cell + " with " + meaning.op + " at rank " + comm.Rank());
        }

        private void reduce(int root, Object total) {
            int n = cell.count();
            boolean atRoot = comm.Rank() == root;
            Object operand = placed(cell.type(), n + 1, 1, own());
            Object upper = atRoot ? empty(3) : null;
            comm.Reduce(operand, 1, upper, 2, n, cell.type(), meaning.op, root);
            Object lower = atRoot ? empty(0) : null;
            comm.reduce(own(), lower, n, cell.type(), meaning.op, root);
            Object inPlace = own();
            comm.reduce(inPlace, n, cell.type(), meaning.op, root);
            check(operand, placed(cell.type(), n + 1, 1, own()), "operand of Reduce");
            if (atRoot) {
                check(upper, placed(cell.type(), n + 3, 2, total), "Reduce");
                check(lower, total, "reduce");
            }
            check(inPlace, atRoot ? total : own(), "reduce in place");
        }

        private void allreduce(Object total) {
            int n = cell.count();
            Object upper = empty(2);
            comm.Allreduce(placed(cell.type(), n + 1, 1, own()), 1, upper, 2, n, cell.type(), meaning.op);
            check(upper, placed(cell.type(), n + 2, 2, total), "Allreduce");
            Object lower = empty(0);
            comm.allReduce(own(), lower, n, cell.type(), meaning.op);
            check(lower, total, "allReduce");
            Object inPlace = own();
            comm.allReduce(inPlace, n, cell.type(), meaning.op);
            check(inPlace, total, "allReduce in place");
        }

        private void scan() {
            int n = cell.count();
            Object expected = folded(comm.Rank() + 1);
            Object upper = empty(2);
            comm.Scan(own(), 0, upper, 2, n, cell.type(), meaning.op);
            check(upper, placed(cell.type(), n + 2, 2, expected), "Scan");
            Object lower = empty(0);
            comm.scan(own(), lower, n, cell.type(), meaning.op);
            check(lower, expected, "scan");
            Object inPlace = own();
            comm.scan(inPlace, n, cell.type(), meaning.op);
            check(inPlace, expected, "scan in place");
        }
    }

    /** Maps x to a·x + b; composing such maps does not commute, and pairs of ints hold them. */
    private static final class Compose extends User_function {
        @Override
        public void Call(Object invec, int inoffset, Object inoutvec, int outoffset, int count, Datatype datatype) {
            int[] in = (int[]) invec;
            int[] inout = (int[]) inoutvec;
            for (int i = 0; i < 2 * count; i += 2) {
                int a = in[inoffset + i];
                int b = in[inoffset + i + 1];
                inout[outoffset + i + 1] = a * inout[outoffset + i + 1] + b;
                inout[outoffset + i] *= a;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void user_operations_that_do_not_commute_keep_the_order_of_ranks(int ranks, Wiring wiring) {
        int pairs = 5_000;
        RankThreads.run(ranks, wiring, comm -> {
            Op compose = new Op(new Compose(), false);
            int[] own = new int[2 * pairs];
            for (int i = 0; i < pairs; i++) {
                own[2 * i] = 2 + comm.Rank();
                own[2 * i + 1] = i + comm.Rank();
            }
            int[] all = new int[2 * pairs];
            int[] upTo = new int[2 * pairs];
            comm.Allreduce(own, 0, all, 0, pairs, MPI.INT2, compose);
            comm.Scan(own, 0, upTo, 0, pairs, MPI.INT2, compose);
            for (int i = 0; i < pairs; i += 499) {
                assertThat(all[2 * i + 1]).isEqualTo(composedOffset(i, ranks));
                assertThat(upTo[2 * i + 1]).isEqualTo(composedOffset(i, comm.Rank() + 1));
            }
        });
    }

    private static int composedOffset(int i, int until) {
        int a = 1;
        int b = 0;
        for (int rank = 0; rank < until; rank++) {
            b += a * (i + rank);
            a *= 2 + rank;
        }
        return b;
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void locating_operators_name_the_lowest_rank_of_the_extreme(int ranks, Wiring wiring) {
        int pairs = 6_000;
        RankThreads.run(ranks, wiring, comm -> {
            int[] own = new int[2 * pairs];
            for (int i = 0; i < pairs; i++) {
                own[2 * i] = (i + comm.Rank()) % 3;
                own[2 * i + 1] = comm.Rank();
            }
            int[] greatest = new int[2 * pairs];
            comm.allReduce(own, greatest, pairs, MPI.INT2, MPI.MAXLOC);
            int[] least = new int[2 * pairs];
            comm.Allreduce(own, 0, least, 0, pairs, MPI.INT2, MPI.MINLOC);
            for (int i = 0; i < pairs; i++) {
                int best = 0;
                int worst = 0;
                for (int rank = 1; rank < ranks; rank++) {
                    best = (i + rank) % 3 > (i + best) % 3 ? rank : best;
                    worst = (i + rank) % 3 < (i + worst) % 3 ? rank : worst;
                }
                assertThat(new int[] {greatest[2 * i], greatest[2 * i + 1]}).containsExactly((i + best) % 3, best);
                assertThat(new int[] {least[2 * i], least[2 * i + 1]}).containsExactly((i + worst) % 3, worst);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void direct_buffers_are_reduced_and_moved(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            IntBuffer own = MPI.newIntBuffer(4).put(0, comm.getRank()).put(3, 10);
            IntBuffer sum = MPI.newIntBuffer(4);
            comm.allReduce(own, sum, 4, MPI.INT, MPI.SUM);
            assertThat(new int[] {sum.get(0), sum.get(3)}).containsExactly(3, 30);
            IntBuffer all = MPI.newIntBuffer(12);
            comm.allGather(own, 4, MPI.INT, all, 4, MPI.INT);
            assertThat(new int[] {all.get(4), all.get(8), all.get(11)}).containsExactly(1, 2, 10);
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_is_wrong_is_named(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int[] data = new int[4];
            assertThatThrownBy(() -> comm.Bcast(data, 0, 5, MPI.INT, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("Bcast")
                    .hasMessageContaining("MPI_ERR_BUFFER")
                    .hasMessageContaining("world");
            assertThatThrownBy(() -> comm.bcast(data, 4, MPI.INT, 2)).hasMessageContaining("MPI_ERR_ROOT");
            assertThatThrownBy(() -> comm.bcast(data, 4, MPI.DOUBLE, 0)).hasMessageContaining("MPI_ERR_TYPE");
            assertThatThrownBy(() -> comm.allReduce(new double[1], 1, MPI.DOUBLE, MPI.BAND))
                    .hasMessageContaining("MPI_ERR_OP");
        });
    }
}
