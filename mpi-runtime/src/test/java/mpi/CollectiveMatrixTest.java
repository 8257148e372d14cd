package mpi;

import static mpi.TypedArrays.checkSame;
import static mpi.TypedArrays.filled;
import static mpi.TypedArrays.placed;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that move data: both dialects × type × size × root × ranks × transport (MPI 4.1, 6.3 to 6.8). */
final class CollectiveMatrixTest {
    static Stream<Arguments> ranksAndWirings() {
        return IntStream.rangeClosed(1, 5)
                .boxed()
                .flatMap(ranks -> Stream.of(Wiring.values()).map(wiring -> Arguments.of(ranks, wiring)));
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void rooted_operations_move_what_the_model_says(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            for (Matrix.Cell cell : Matrix.cells()) {
                for (int root = 0; root < ranks; root++) {
                    new Rooted(comm, cell, root).runAll();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void operations_of_all_to_all_move_what_the_model_says(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            for (Matrix.Cell cell : Matrix.cells()) {
                new Everywhere(comm, cell).runAll();
            }
            comm.Barrier();
            comm.barrier();
        });
    }

    /** Block of {@code count} elements that rank {@code from} sends to rank {@code to}. */
    private static Object block(Datatype type, int from, int to, int count) {
        return filled(type, count, 11 * from + 3 * to + 1);
    }

    /** Counts that differ from rank to rank, and places in reverse order with gaps of one. */
    @SuppressWarnings("ArrayRecordComponent") // read only, within one test
    private record Varying(int[] counts, int[] places, int length) {
        static Varying of(int... counts) {
            int[] places = new int[counts.length];
            int next = 0;
            for (int i = counts.length - 1; i >= 0; i--) {
                places[i] = next;
                next += counts[i] + 1;
            }
            return new Varying(counts, places, next);
        }

        /** The buffer that holds {@code blocks} at their places, shifted by {@code offset}. */
        Object holding(Datatype type, int offset, List<Object> blocks) {
            Object buffer = type.element.newArray(offset + length);
            for (int i = 0; i < counts.length; i++) {
                System.arraycopy(blocks.get(i), 0, buffer, offset + places[i], counts[i]);
            }
            return buffer;
        }
    }

    private record Rooted(Intracomm comm, Matrix.Cell cell, int root) {
        void runAll() {
            broadcast();
            gather();
            gatherVarying();
            scatter();
            scatterVarying();
        }

        private Datatype type() {
            return cell.type();
        }

        private Object empty(int length) {
            return type().element.newArray(length);
        }

        private boolean atRoot() {
            return comm.Rank() == root;
        }

        private Object own(int rank) {
            return block(type(), rank, root, cell.count());
        }

        private Varying varying() {
            return Varying.of(IntStream.range(0, comm.Size())
                    .map(rank -> cell.count() + rank)
                    .toArray());
        }

        private void check(@Nullable Object actual, Object expected, String call) {
            checkSame(actual, expected, call + " of " + cell + " with root " + root + " at rank " + comm.Rank());
        }

        private void broadcast() {
            int n = cell.count();
            Object expected = placed(type(), n + 5, 2, own(root));
            Object upper = atRoot() ? placed(type(), n + 5, 2, own(root)) : empty(n + 5);
            comm.Bcast(upper, 2, n, type(), root);
            check(upper, expected, "Bcast");
            Object lower = atRoot() ? own(root) : empty(n);
            comm.bcast(lower, n, type(), root);
            check(lower, own(root), "bcast");
        }

        private void gather() {
            int n = cell.count();
            int size = comm.Size();
            Object mine = placed(type(), n + 2, 1, own(comm.Rank()));
            Object expected = empty(3 + n * size);
            Object flat = empty(n * size);
            for (int rank = 0; rank < size; rank++) {
                System.arraycopy(own(rank), 0, expected, 3 + rank * n, n);
                System.arraycopy(own(rank), 0, flat, rank * n, n);
            }
            Object upper = atRoot() ? empty(3 + n * size) : null;
            comm.Gather(mine, 1, n, type(), upper, 3, n, type(), root);
            Object lower = atRoot() ? empty(n * size) : null;
            comm.gather(own(comm.Rank()), n, type(), lower, n, type(), root);
            Object inPlace = atRoot() ? placed(type(), n * size, root * n, own(root)) : own(comm.Rank());
            comm.gather(inPlace, n, type(), root);
            if (atRoot()) {
                check(upper, expected, "Gather");
                check(lower, flat, "gather");
                check(inPlace, flat, "gather in place");
            }
        }

        private void gatherVarying() {
            Varying parts = varying();
            int n = parts.counts()[comm.Rank()];
            List<Object> blocks = IntStream.range(0, comm.Size())
                    .mapToObj(rank -> block(type(), rank, root, parts.counts()[rank]))
                    .toList();
            Object mine = blocks.get(comm.Rank());
            Object upper = atRoot() ? empty(2 + parts.length()) : null;
            comm.Gatherv(mine, 0, n, type(), upper, 2, parts.counts(), parts.places(), type(), root);
            Object lower = atRoot() ? empty(parts.length()) : null;
            comm.gatherv(mine, n, type(), lower, parts.counts(), parts.places(), type(), root);
            if (atRoot()) {
                check(upper, parts.holding(type(), 2, blocks), "Gatherv");
                check(lower, parts.holding(type(), 0, blocks), "gatherv");
                Object inPlace = placed(type(), parts.length(), parts.places()[root], mine);
                comm.gatherv(inPlace, parts.counts(), parts.places(), type(), root);
                check(inPlace, parts.holding(type(), 0, blocks), "gatherv in place");
            } else {
                comm.gatherv(mine, n, type(), root);
            }
        }

        private void scatter() {
            int n = cell.count();
            Object all = empty(1 + n * comm.Size());
            Object flat = empty(n * comm.Size());
            for (int rank = 0; rank < comm.Size(); rank++) {
                System.arraycopy(own(rank), 0, all, 1 + rank * n, n);
                System.arraycopy(own(rank), 0, flat, rank * n, n);
            }
            Object upper = empty(n + 2);
            comm.Scatter(atRoot() ? all : null, 1, n, type(), upper, 2, n, type(), root);
            check(upper, placed(type(), n + 2, 2, own(comm.Rank())), "Scatter");
            Object lower = empty(n);
            comm.scatter(atRoot() ? flat : null, n, type(), lower, n, type(), root);
            check(lower, own(comm.Rank()), "scatter");
            Object inPlace = atRoot() ? flat : empty(n);
            comm.scatter(inPlace, n, type(), root);
            if (!atRoot()) {
                check(inPlace, own(comm.Rank()), "scatter in place");
            }
        }

        private void scatterVarying() {
            Varying parts = varying();
            int n = parts.counts()[comm.Rank()];
            List<Object> blocks = IntStream.range(0, comm.Size())
                    .mapToObj(rank -> block(type(), root, rank, parts.counts()[rank]))
                    .toList();
            Object mine = blocks.get(comm.Rank());
            Object all = parts.holding(type(), 0, blocks);
            Object shifted = parts.holding(type(), 2, blocks);
            Object upper = empty(n + 1);
            comm.Scatterv(
                    atRoot() ? shifted : null, 2, parts.counts(), parts.places(), type(), upper, 1, n, type(), root);
            check(upper, placed(type(), n + 1, 1, mine), "Scatterv");
            Object lower = empty(n);
            comm.scatterv(atRoot() ? all : null, parts.counts(), parts.places(), type(), lower, n, type(), root);
            check(lower, mine, "scatterv");
            Object inPlace = empty(n);
            if (atRoot()) {
                comm.scatterv(all, parts.counts(), parts.places(), type(), root);
            } else {
                comm.scatterv(inPlace, n, type(), root);
                check(inPlace, mine, "scatterv in place");
            }
        }
    }

    private record Everywhere(Intracomm comm, Matrix.Cell cell) {
        void runAll() {
            allgather();
            allgatherVarying();
            alltoall();
            alltoallVarying();
        }

        private Datatype type() {
            return cell.type();
        }

        private Object empty(int length) {
            return type().element.newArray(length);
        }

        private void check(@Nullable Object actual, Object expected, String call) {
            checkSame(actual, expected, call + " of " + cell + " at rank " + comm.Rank() + " of " + comm.Size());
        }

        private void allgather() {
            int n = cell.count();
            int me = comm.Rank();
            Object flat = empty(n * comm.Size());
            Object shifted = empty(2 + n * comm.Size());
            for (int rank = 0; rank < comm.Size(); rank++) {
                System.arraycopy(block(type(), rank, 0, n), 0, flat, rank * n, n);
                System.arraycopy(block(type(), rank, 0, n), 0, shifted, 2 + rank * n, n);
            }
            Object mine = block(type(), me, 0, n);
            Object upper = empty(2 + n * comm.Size());
            comm.Allgather(placed(type(), n + 1, 1, mine), 1, n, type(), upper, 2, n, type());
            check(upper, shifted, "Allgather");
            Object lower = empty(n * comm.Size());
            comm.allGather(mine, n, type(), lower, n, type());
            check(lower, flat, "allGather");
            Object inPlace = placed(type(), n * comm.Size(), me * n, mine);
            comm.allGather(inPlace, n, type());
            check(inPlace, flat, "allGather in place");
        }

        private void allgatherVarying() {
            Varying parts = Varying.of(IntStream.range(0, comm.Size())
                    .map(rank -> cell.count() + rank)
                    .toArray());
            int n = parts.counts()[comm.Rank()];
            List<Object> blocks = IntStream.range(0, comm.Size())
                    .mapToObj(rank -> block(type(), rank, 0, parts.counts()[rank]))
                    .toList();
            Object mine = blocks.get(comm.Rank());
            Object upper = empty(2 + parts.length());
            comm.Allgatherv(mine, 0, n, type(), upper, 2, parts.counts(), parts.places(), type());
            check(upper, parts.holding(type(), 2, blocks), "Allgatherv");
            Object lower = empty(parts.length());
            comm.allGatherv(mine, n, type(), lower, parts.counts(), parts.places(), type());
            check(lower, parts.holding(type(), 0, blocks), "allGatherv");
            Object inPlace = placed(type(), parts.length(), parts.places()[comm.Rank()], mine);
            comm.allGatherv(inPlace, parts.counts(), parts.places(), type());
            check(inPlace, parts.holding(type(), 0, blocks), "allGatherv in place");
        }

        private void alltoall() {
            int n = cell.count();
            int me = comm.Rank();
            Object out = empty(1 + n * comm.Size());
            Object expected = empty(n * comm.Size());
            for (int rank = 0; rank < comm.Size(); rank++) {
                System.arraycopy(block(type(), me, rank, n), 0, out, 1 + rank * n, n);
                System.arraycopy(block(type(), rank, me, n), 0, expected, rank * n, n);
            }
            Object upper = empty(n * comm.Size());
            comm.Alltoall(out, 1, n, type(), upper, 0, n, type());
            check(upper, expected, "Alltoall");
            Object flat = empty(n * comm.Size());
            System.arraycopy(out, 1, flat, 0, n * comm.Size());
            Object lower = empty(n * comm.Size());
            comm.allToAll(flat, n, type(), lower, n, type());
            check(lower, expected, "allToAll");
        }

        private void alltoallVarying() {
            int me = comm.Rank();
            Varying out = Varying.of(
                    IntStream.range(0, comm.Size()).map(to -> counted(me, to)).toArray());
            Varying in = Varying.of(IntStream.range(0, comm.Size())
                    .map(from -> counted(from, me))
                    .toArray());
            List<Object> leaving = IntStream.range(0, comm.Size())
                    .mapToObj(to -> block(type(), me, to, counted(me, to)))
                    .toList();
            List<Object> coming = IntStream.range(0, comm.Size())
                    .mapToObj(from -> block(type(), from, me, counted(from, me)))
                    .toList();
            Object upper = empty(2 + in.length());
            comm.Alltoallv(
                    out.holding(type(), 1, leaving),
                    1,
                    out.counts(),
                    out.places(),
                    type(),
                    upper,
                    2,
                    in.counts(),
                    in.places(),
                    type());
            check(upper, in.holding(type(), 2, coming), "Alltoallv");
            Object lower = empty(in.length());
            Object flat = out.holding(type(), 0, leaving);
            comm.allToAllv(flat, out.counts(), out.places(), type(), lower, in.counts(), in.places(), type());
            check(lower, in.holding(type(), 0, coming), "allToAllv");
        }

        private int counted(int from, int to) {
            return cell.count() + (2 * from + to) % 3;
        }
    }
}
