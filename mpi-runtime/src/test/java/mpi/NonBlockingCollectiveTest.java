package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Collective operations that go on while the rank does something else (MPI 4.1, 6.12), against a plain model. */
final class NonBlockingCollectiveTest {
    private static final int[] COUNTS = {0, 1, 5_000};

    static Stream<Arguments> ranksAndWirings() {
        return IntStream.of(1, 2, 3, 4)
                .boxed()
                .flatMap(ranks -> Arrays.stream(Wiring.values()).map(wiring -> Arguments.of(ranks, wiring)));
    }

    /** Element i of what a rank has in its own. */
    private static int element(int rank, int i) {
        return 1_000_000 * rank + i;
    }

    private static int[] of(int rank, int from, int count) {
        return IntStream.range(from, from + count).map(i -> element(rank, i)).toArray();
    }

    private static int[] joined(Stream<int[]> parts) {
        return parts.flatMapToInt(Arrays::stream).toArray();
    }

    private static Stream<Integer> ranks(Intracomm comm) {
        return IntStream.range(0, comm.Size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void data_moves_as_in_blocking_ones(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            for (int n : COUNTS) {
                int root = n % ranks;
                int[] all = new int[n * ranks];
                int[] part = new int[n];
                int[] own = of(me, 0, n);
                int[] everyones = joined(ranks(comm).map(rank -> of(rank, 0, n)));

                int[] sent = me == root ? own.clone() : new int[n];
                comm.iBcast(sent, n, MPI.INT, root).waitFor();
                assertThat(sent).isEqualTo(of(root, 0, n));

                comm.iGather(own, n, MPI.INT, all, n, MPI.INT, root).waitFor();
                assertThat(all).isEqualTo(me == root ? everyones : new int[n * ranks]);
                comm.iScatter(all, n, MPI.INT, part, n, MPI.INT, root).waitFor();
                assertThat(part).isEqualTo(own);

                int[] gathered = new int[n * ranks];
                comm.iAllGather(own, n, MPI.INT, gathered, n, MPI.INT).waitFor();
                assertThat(gathered).isEqualTo(everyones);
                int[] inPlace = new int[n * ranks];
                System.arraycopy(own, 0, inPlace, me * n, n);
                comm.iAllGather(inPlace, n, MPI.INT).waitFor();
                assertThat(inPlace).isEqualTo(everyones);

                int[] exchanged = new int[n * ranks];
                comm.iAllToAll(of(me, 0, n * ranks), n, MPI.INT, exchanged, n, MPI.INT)
                        .waitFor();
                assertThat(exchanged).isEqualTo(joined(ranks(comm).map(rank -> of(rank, me * n, n))));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void parts_of_different_sizes_move_as_in_blocking_ones(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            int[] counts = IntStream.rangeClosed(1, ranks).toArray();
            int[] starts = IntStream.range(0, ranks).map(i -> i * (i + 1) / 2).toArray();
            int total = ranks * (ranks + 1) / 2;
            int[] everyones = joined(ranks(comm).map(rank -> of(rank, 0, rank + 1)));
            int[] all = new int[total];
            comm.iAllGatherv(of(me, 0, me + 1), me + 1, MPI.INT, all, counts, starts, MPI.INT)
                    .waitFor();
            assertThat(all).isEqualTo(everyones);
            int[] atRoot = new int[total];
            comm.iGatherv(of(me, 0, me + 1), me + 1, MPI.INT, atRoot, counts, starts, MPI.INT, 0)
                    .waitFor();
            assertThat(atRoot).isEqualTo(me == 0 ? everyones : new int[total]);
            int[] mine = new int[me + 1];
            comm.iScatterv(atRoot, counts, starts, MPI.INT, mine, me + 1, MPI.INT, 0)
                    .waitFor();
            assertThat(mine).isEqualTo(of(me, 0, me + 1));
            // Everybody sends i + 1 elements to rank i.
            int[] same = new int[ranks];
            Arrays.fill(same, me + 1);
            int[] sameStarts = IntStream.range(0, ranks).map(i -> i * (me + 1)).toArray();
            int[] got = new int[ranks * (me + 1)];
            comm.iAllToAllv(of(me, 0, total), counts, starts, MPI.INT, got, same, sameStarts, MPI.INT)
                    .waitFor();
            assertThat(got).isEqualTo(joined(ranks(comm).map(rank -> of(rank, starts[me], me + 1))));
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void every_pair_has_types_of_its_own(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            int[] counts = new int[ranks];
            Arrays.fill(counts, 1);
            int[] bytes = IntStream.range(0, ranks).map(i -> 8 * i).toArray();
            // As two ints here, as one long there.
            Datatype[] pairs = new Datatype[ranks];
            Arrays.fill(pairs, MPI.INT2);
            Datatype[] ints = new Datatype[ranks];
            Arrays.fill(ints, Datatype.Contiguous(2, MPI.INT));
            int[] out = of(comm.Rank(), 0, 2 * ranks);
            int[] expected = joined(ranks(comm).map(rank -> of(rank, 2 * comm.Rank(), 2)));
            int[] in = new int[2 * ranks];
            comm.allToAllw(out, counts, bytes, pairs, in, counts, bytes, ints);
            assertThat(in).isEqualTo(expected);
            int[] later = new int[2 * ranks];
            comm.iAllToAllw(out, counts, bytes, ints, later, counts, bytes, pairs)
                    .waitFor();
            assertThat(later).isEqualTo(expected);
            bytes[0] = 1;
            assertThatThrownBy(() -> comm.allToAllw(out, counts, bytes, ints, in, counts, bytes, pairs))
                    .isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void reductions_are_dealt_out_and_exclude_the_rank_itself(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            int[] counts = IntStream.range(0, ranks).map(i -> i + 2).toArray();
            int before = IntStream.range(0, me).map(i -> i + 2).sum();
            int total = Arrays.stream(counts).sum();
            int factor = 1_000_000 * (ranks * (ranks - 1) / 2);
            int[] expected = IntStream.range(before, before + me + 2)
                    .map(i -> factor + ranks * i)
                    .toArray();
            int[] out = of(me, 0, total);
            int[] in = new int[me + 2];
            comm.reduceScatter(out, in, counts, MPI.INT, MPI.SUM);
            assertThat(in).isEqualTo(expected);
            int[] upper = new int[me + 3];
            comm.Reduce_scatter(out, 0, upper, 1, counts, MPI.INT, MPI.SUM);
            assertThat(Arrays.copyOfRange(upper, 1, me + 3)).isEqualTo(expected);
            int[] inPlace = out.clone();
            comm.iReduceScatter(inPlace, counts, MPI.INT, MPI.SUM).waitFor();
            assertThat(Arrays.copyOf(inPlace, me + 2)).isEqualTo(expected);
            int[] block = new int[2];
            comm.iReduceScatterBlock(of(me, 0, 2 * ranks), block, 2, MPI.INT, MPI.SUM)
                    .waitFor();
            assertThat(block).containsExactly(factor + ranks * 2 * me, factor + ranks * (2 * me + 1));

            int sumBefore = 1_000_000 * (me * (me - 1) / 2);
            int[] ofThoseBefore = {-1};
            comm.exScan(of(me, 0, 1), ofThoseBefore, 1, MPI.INT, MPI.SUM);
            assertThat(ofThoseBefore[0]).isEqualTo(me == 0 ? -1 : sumBefore);
            int[] scanned = of(me, 0, 1);
            comm.iExScan(scanned, 1, MPI.INT, MPI.SUM).waitFor();
            assertThat(scanned[0]).isEqualTo(me == 0 ? 0 : sumBefore);
            int[] inclusive = new int[1];
            comm.iScan(of(me, 0, 1), inclusive, 1, MPI.INT, MPI.SUM).waitFor();
            assertThat(inclusive[0]).isEqualTo(1_000_000 * (me * (me + 1) / 2));
            int[] everywhere = new int[1];
            comm.iAllReduce(of(me, 0, 1), everywhere, 1, MPI.INT, MPI.SUM).waitFor();
            int[] somewhere = new int[1];
            comm.iReduce(of(me, 0, 1), somewhere, 1, MPI.INT, MPI.SUM, ranks - 1)
                    .waitFor();
            assertThat(everywhere[0]).isEqualTo(factor);
            assertThat(somewhere[0]).isEqualTo(me == ranks - 1 ? factor : 0);
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void operands_that_do_not_commute_keep_their_order(int ranks, Wiring wiring) {
        // Composition of functions x -> a x + b, as pairs (a, b).
        Op compose = new Op(
                new User_function() {
                    @Override
                    public void Call(Object in, int inAt, Object inOut, int outAt, int count, Datatype type) {
                        long[] left = (long[]) in;
                        long[] right = (long[]) inOut;
                        for (int i = 0; i < 2 * count; i += 2) {
                            right[outAt + i + 1] += right[outAt + i] * left[inAt + i + 1];
                            right[outAt + i] *= left[inAt + i];
                        }
                    }
                },
                false);
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            long[] in = new long[2];
            comm.exScan(new long[] {me + 2L, 1}, in, 1, MPI.LONG2, compose);
            long value = 0;
            for (int rank = 0; rank < me; rank++) {
                value = value * (rank + 2L) + 1;
            }
            assertThat(in[1]).isEqualTo(value);
            long[] out = new long[2 * ranks];
            for (int i = 0; i < ranks; i++) {
                out[2 * i] = me + 2L;
                out[2 * i + 1] = i;
            }
            comm.iReduceScatterBlock(out, in, 1, MPI.LONG2, compose).waitFor();
            long all = 0;
            for (int rank = 0; rank < ranks; rank++) {
                all = all * (rank + 2L) + me;
            }
            assertThat(in[1]).isEqualTo(all);
        });
    }

    @ParameterizedTest
    @EnumSource
    void many_are_under_way_together_and_with_blocking_ones(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            int many = 40;
            Request[] requests = new Request[many];
            int[][] sums = new int[many][1];
            for (int i = 0; i < many; i++) {
                requests[i] = i % 2 == 0
                        ? comm.iAllReduce(new int[] {i + comm.Rank()}, sums[i], 1, MPI.INT, MPI.SUM)
                        : comm.iBcast(comm.Rank() == i % 3 ? fill(sums[i], 3 * i + 3) : sums[i], 1, MPI.INT, i % 3);
                if (i % 10 == 0) {
                    int[] product = new int[1];
                    comm.allReduce(new int[] {2}, product, 1, MPI.INT, MPI.PROD);
                    assertThat(product[0]).isEqualTo(8);
                }
            }
            Request.waitAll(requests);
            for (int i = 0; i < many; i++) {
                assertThat(sums[i][0]).isEqualTo(3 * i + 3);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_barrier_is_done_only_when_all_have_come(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            byte[] token = new byte[1];
            if (comm.Rank() == 2) {
                comm.recv(token, 1, MPI.BYTE, 0, 1);
                comm.iBarrier().waitFor();
                return;
            }
            Request barrier = comm.iBarrier();
            for (int i = 0; i < 200; i++) {
                assertThat(comm.Rank() == 0 && barrier.test()).isFalse();
            }
            if (comm.Rank() == 0) {
                comm.send(token, 1, MPI.BYTE, 2, 1);
            }
            Request[] requests = {barrier};
            assertThat(Request.waitAny(requests)).isZero();
            assertThat(barrier.isNull()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_goes_wrong_is_told_when_somebody_waits(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Request request = comm.iBcast(new int[1], 1, MPI.INT, 5);
            assertThatThrownBy(request::waitFor)
                    .hasMessageContaining("iBcast")
                    .isInstanceOfSatisfying(
                            MPIException.class,
                            e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_ROOT));
            assertThat(request.isNull()).isTrue();
        });
    }

    private static int[] fill(int[] array, int value) {
        Arrays.fill(array, value);
        return array;
    }
}
