package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Communicators between two groups: making, messages, collective operations, merging (MPI 4.1, 6.2.3 and 7.6). */
final class IntercommTest {
    static Stream<Arguments> ranksAndWirings() {
        return IntStream.of(2, 3, 5)
                .boxed()
                .flatMap(ranks -> Arrays.stream(Wiring.values()).map(wiring -> Arguments.of(ranks, wiring)));
    }

    /** What a rank does: {@code mine} ranks are in its group, {@code theirs} in the other. */
    private interface Program {
        void run(Intercomm inter, Side side);
    }

    /** Which of the two groups a rank is in: the first has world ranks 0, 2, 4, the second 1, 3. */
    private record Side(int worldRank, boolean first, int mine, int theirs) {}

    private static void run(int ranks, Wiring wiring, Program program) {
        RankThreads.run(ranks, wiring, comm -> {
            boolean first = comm.Rank() % 2 == 0;
            Intracomm group = comm.split(first ? 0 : 1, 0);
            // The last of each group leads it.
            int leader = group.Size() - 1;
            int other = (first ? ranks / 2 : (ranks + 1) / 2) - 1;
            Intercomm inter = group.createIntercomm(comm, leader, first ? 2 * other + 1 : 2 * other, 12);
            program.run(inter, new Side(comm.Rank(), first, group.Size(), ranks - group.Size()));
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void ranks_in_calls_are_those_of_the_other_group(int ranks, Wiring wiring) {
        run(ranks, wiring, (inter, side) -> {
            assertThat(inter.isInter()).isTrue();
            assertThat(inter.getSize()).isEqualTo(side.mine);
            assertThat(inter.Remote_size()).isEqualTo(side.theirs);
            assertThat(inter.getRank()).isEqualTo(side.worldRank / 2);
            assertThat(inter.getRemoteGroup().Size()).isEqualTo(side.theirs);
            assertThat(inter.Remote_group().Rank()).isEqualTo(MPI.UNDEFINED);
            int[] in = new int[1];
            for (int peer = 0; peer < side.theirs; peer++) {
                Status status =
                        inter.sendRecv(new int[] {side.worldRank}, 1, MPI.INT, peer, 3, in, 1, MPI.INT, peer, 3);
                assertThat(status.getSource()).isEqualTo(peer);
                assertThat(in[0]).isEqualTo(2 * peer + (side.first ? 1 : 0));
            }
            inter.barrier();
            assertThatThrownBy(() -> inter.send(in, 1, MPI.INT, side.theirs, 0)).isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void both_groups_become_one(int ranks, Wiring wiring) {
        run(ranks, wiring, (inter, side) -> {
            Intracomm merged = inter.merge(side.first);
            assertThat(merged.Size()).isEqualTo(ranks);
            assertThat(merged.Rank()).isEqualTo(side.worldRank / 2 + (side.first ? side.theirs : 0));
            int[] sum = new int[1];
            merged.allReduce(new int[] {side.worldRank}, sum, 1, MPI.INT, MPI.SUM);
            assertThat(sum[0]).isEqualTo(ranks * (ranks - 1) / 2);
            Intracomm same = inter.Merge(true);
            assertThat(same.Rank()).isEqualTo(side.worldRank / 2 + (side.first ? 0 : side.theirs));
            same.free();
            merged.free();
            inter.free();
            assertThat(inter.isNull()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void copies_are_independent_and_compare_as_congruent(int ranks, Wiring wiring) {
        run(ranks, wiring, (inter, side) -> {
            Intercomm copy = inter.dup();
            Intercomm later = inter.iDup();
            later.getRequest().waitFor();
            for (Intercomm each : new Intercomm[] {copy, later}) {
                assertThat(Comm.compare(inter, each)).isEqualTo(MPI.CONGRUENT);
                int[] sum = new int[1];
                each.allReduce(new int[] {1}, sum, 1, MPI.INT, MPI.SUM);
                assertThat(sum[0]).isEqualTo(side.theirs);
                each.free();
            }
            assertThat(Comm.Compare(inter, inter)).isEqualTo(MPI.IDENT);
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void what_a_root_has_goes_to_the_other_group_and_back(int ranks, Wiring wiring) {
        run(ranks, wiring, (inter, side) -> {
            for (int root = 0; root < (ranks + 1) / 2; root++) {
                int rootIs = 2 * root;
                int rootArgument = side.first ? (side.worldRank == rootIs ? MPI.ROOT : MPI.PROC_NULL) : root;
                int[] data = {side.worldRank == rootIs ? 77 : 0};
                inter.bcast(data, 1, MPI.INT, rootArgument);
                boolean got = !side.first || side.worldRank == rootIs;
                assertThat(data[0]).isEqualTo(got ? 77 : 0);
                Object[] words = {side.worldRank == rootIs ? "word" : null};
                inter.bcast(words, 1, MPI.OBJECT, rootArgument);
                assertThat(words[0]).isEqualTo(got ? "word" : null);

                int[] gathered = new int[side.theirs];
                inter.gather(new int[] {side.worldRank}, 1, MPI.INT, gathered, 1, MPI.INT, rootArgument);
                int[] dealt = new int[1];
                inter.scatter(gathered, 1, MPI.INT, dealt, 1, MPI.INT, rootArgument);
                assertThat(dealt[0]).isEqualTo(side.first ? 0 : side.worldRank);
                int[] sum = new int[1];
                inter.reduce(new int[] {side.worldRank}, sum, 1, MPI.INT, MPI.SUM, rootArgument);
                assertThat(sum[0]).isEqualTo(rootArgument == MPI.ROOT ? (ranks / 2) * (ranks / 2) : 0);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void each_group_gets_what_the_other_has(int ranks, Wiring wiring) {
        run(ranks, wiring, (inter, side) -> {
            int other = side.first ? 1 : 0;
            int[] theirs =
                    IntStream.range(0, side.theirs).map(i -> 2 * i + other).toArray();
            int[] in = new int[side.theirs];
            inter.allGather(new int[] {side.worldRank}, 1, MPI.INT, in, 1, MPI.INT);
            assertThat(in).isEqualTo(theirs);
            Object[] objects = new Object[side.theirs];
            inter.allGather(new Object[] {side.worldRank}, 1, MPI.OBJECT, objects, 1, MPI.OBJECT);
            assertThat(objects).containsExactly(Arrays.stream(theirs).boxed().toArray());
            int[] out = IntStream.range(0, side.theirs)
                    .map(i -> 100 * side.worldRank + i)
                    .toArray();
            inter.allToAll(out, 1, MPI.INT, in, 1, MPI.INT);
            assertThat(in)
                    .isEqualTo(Arrays.stream(theirs)
                            .map(t -> 100 * t + side.worldRank / 2)
                            .toArray());
            Request started = inter.iAllToAll(out, 1, MPI.INT, in, 1, MPI.INT);
            started.waitFor();
            int[] max = new int[2];
            inter.allReduce(new int[] {side.worldRank, -side.worldRank}, max, 2, MPI.INT, MPI.MAX);
            assertThat(max).containsExactly(theirs[theirs.length - 1], -theirs[0]);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_reduction_is_dealt_out_to_the_other_group(Wiring wiring) {
        run(5, wiring, (inter, side) -> {
            int[] operand = IntStream.range(0, 6).map(i -> i + side.worldRank).toArray();
            int[] in = new int[6 / side.mine];
            inter.reduceScatterBlock(operand, in, 6 / side.mine, MPI.INT, MPI.SUM);
            int sumOfTheirs = side.first ? 1 + 3 : 0 + 2 + 4;
            int from = inter.getRank() * in.length;
            for (int i = 0; i < in.length; i++) {
                assertThat(in[i]).isEqualTo((from + i) * side.theirs + sumOfTheirs);
            }
        });
    }

    @Test
    void groups_with_a_rank_in_common_are_refused() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            Intracomm copy = comm.dup();
            assertThatThrownBy(() -> copy.createIntercomm(comm, 0, 0, 1)).isInstanceOf(MPIException.class);
            assertThat(Intercomm.getParent().isNull()).isTrue();
            assertThat(comm.Test_inter()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_mpijava_name_is_called_on_the_common_communicator(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Intracomm alone = comm.Split(comm.Rank(), 0);
            Intercomm inter = comm.Create_intercomm(alone, 0, 1 - comm.Rank(), 5);
            assertThat(inter.Test_inter()).isTrue();
            int[] in = new int[1];
            inter.Sendrecv(new int[] {comm.Rank()}, 0, 1, MPI.INT, 0, 0, in, 0, 1, MPI.INT, 0, 0);
            assertThat(in[0]).isEqualTo(1 - comm.Rank());
        });
    }
}
