package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs, distributed graphs, and collective operations between neighbours (MPI 4.1, chapter 8). */
final class TopologyTest {
    @ParameterizedTest
    @EnumSource
    void all_ranks_know_a_graph(Wiring wiring) {
        RankThreads.run(5, wiring, comm -> {
            int[] index = {2, 3, 4, 6};
            int[] edges = {1, 3, 0, 3, 0, 2};
            GraphComm graph = comm.createGraph(index, edges, false);
            assertThat(graph.isNull()).isEqualTo(comm.Rank() == 4);
            if (comm.Rank() == 4) {
                return;
            }
            assertThat(graph.Topo_test()).isEqualTo(MPI.GRAPH);
            assertThat(graph.Get().edges).containsExactly(edges);
            assertThat(graph.getDims().getIndexCount()).isEqualTo(4);
            assertThat(graph.Neighbours(0)).containsExactly(1, 3);
            assertThat(graph.getNeighbors(3)).containsExactly(0, 2);
            assertThat(graph.dup().getNeighbors(2)).containsExactly(3);
            assertThat(graph.map(index, edges)).isEqualTo(comm.Rank());
            int[] mine = graph.getNeighbors(graph.getRank());
            int[] in = new int[mine.length];
            graph.neighborAllGather(new int[] {10 + comm.Rank()}, 1, MPI.INT, in, 1, MPI.INT);
            assertThat(in).isEqualTo(Arrays.stream(mine).map(i -> i + 10).toArray());
            assertThatThrownBy(() -> graph.getNeighbors(4)).isInstanceOf(MPIException.class);
            assertThatThrownBy(graph::getDistGraphNeighbors).isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_distributed_graph_is_told_by_any_rank_or_by_both_ends(Wiring wiring) {
        int ranks = 4;
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            int next = (me + 1) % ranks;
            int after = (me + 2) % ranks;
            // Each tells the edges of the rank before it: to the next one with weight 1, to that after with weight 2.
            int before = (me + ranks - 1) % ranks;
            GraphComm any = comm.createDistGraph(
                    new int[] {before}, new int[] {2}, new int[] {me, next}, new int[] {1, 2}, MPI.INFO_NULL, true);
            GraphComm both = comm.createDistGraphAdjacent(
                    new int[] {before, (me + 2) % ranks}, new int[] {next, after}, new Info(), false);
            assertThat(any.getTopology()).isEqualTo(MPI.DIST_GRAPH);
            DistGraphNeighbors known = any.getDistGraphNeighbors();
            assertThat(known.getInDegree()).isEqualTo(2);
            assertThat(known.getOutDegree()).isEqualTo(2);
            assertThat(known.isWeighted()).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThat(known.getDestination(i)).isEqualTo((me + known.getDestinationWeight(i)) % ranks);
                assertThat(known.getSource(i)).isEqualTo((me + ranks - known.getSourceWeight(i)) % ranks);
            }
            assertThat(both.getDistGraphNeighbors().isWeighted()).isFalse();
            int[] in = new int[2];
            both.iNeighborAllToAll(new int[] {10 * me, 10 * me + 1}, 1, MPI.INT, in, 1, MPI.INT)
                    .waitFor();
            assertThat(in).containsExactly(10 * before, 10 * after + 1);
            assertThatThrownBy(any::getDims).isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void neighbours_on_a_grid_are_the_one_before_and_the_one_behind(Wiring wiring) {
        RankThreads.run(6, wiring, comm -> {
            CartComm grid = comm.createCart(new int[] {3, 2}, new boolean[] {false, true}, false);
            int row = comm.Rank() / 2;
            int column = comm.Rank() % 2;
            int[] out = IntStream.range(0, 4).map(i -> 10 * comm.Rank() + i).toArray();
            int[] in = {-1, -1, -1, -1};
            grid.neighborAllToAll(out, 1, MPI.INT, in, 1, MPI.INT);
            int across = 2 * row + 1 - column;
            // The only other rank of a row is on both sides: what it sends forward comes from behind.
            assertThat(in)
                    .containsExactly(
                            row == 0 ? -1 : 10 * (comm.Rank() - 2) + 1,
                            row == 2 ? -1 : 10 * (comm.Rank() + 2),
                            10 * across + 3,
                            10 * across + 2);
            int[] all = {-1, -1, -1, -1};
            grid.neighborAllGather(new int[] {comm.Rank()}, 1, MPI.INT, all, 1, MPI.INT);
            assertThat(all)
                    .containsExactly(row == 0 ? -1 : comm.Rank() - 2, row == 2 ? -1 : comm.Rank() + 2, across, across);
        });
    }

    @ParameterizedTest
    @EnumSource
    void neighbours_get_parts_of_different_sizes(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            CartComm ring = comm.createCart(new int[] {3}, new boolean[] {true}, false);
            int me = comm.Rank();
            int[] out = {me, me + 10, me + 20};
            int[] in = new int[4];
            // One element to the one before, two to the one behind.
            ring.neighborAllToAllv(
                    out, new int[] {1, 2}, new int[] {0, 1}, MPI.INT, in, new int[] {2, 1}, new int[] {2, 0}, MPI.INT);
            int before = (me + 2) % 3;
            int behind = (me + 1) % 3;
            assertThat(in).containsExactly(behind, 0, before + 10, before + 20);
            int[] gathered = new int[5];
            ring.iNeighborAllGatherv(out, 2, MPI.INT, gathered, new int[] {2, 2}, new int[] {3, 0}, MPI.INT)
                    .waitFor();
            assertThat(gathered).containsExactly(behind, behind + 10, 0, before, before + 10);
            assertThatThrownBy(() -> comm.neighborAllGather(out, 1, MPI.INT, in, 1, MPI.INT))
                    .isInstanceOfSatisfying(
                            MPIException.class,
                            e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_TOPOLOGY));
        });
    }
}
