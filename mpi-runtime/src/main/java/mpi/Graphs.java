package mpi;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Checks and gathers what graph topologies are made from. */
final class Graphs {
    private Graphs() {}

    static GraphParms graph(int[] index, int[] edges, int ranks) {
        int nodes = index.length;
        int last = nodes == 0 ? 0 : index[nodes - 1];
        boolean ascending = IntStream.range(0, nodes).allMatch(i -> index[i] >= (i == 0 ? 0 : index[i - 1]));
        boolean inside = Arrays.stream(edges).allMatch(edge -> edge >= 0 && edge < nodes);
        if (nodes > ranks || !ascending || last > edges.length || !inside) {
            throw new Failure(
                    ErrorClass.TOPOLOGY,
                    "index " + Arrays.toString(index) + " and edges " + Arrays.toString(edges)
                            + " are no graph of at most " + ranks + " nodes");
        }
        return new GraphParms(index, Arrays.copyOf(edges, last));
    }

    static int[] neighbours(GraphParms graph, int rank) {
        if (rank < 0 || rank >= graph.index.length) {
            throw new Failure(ErrorClass.RANK, "rank " + rank + " is none of the graph's " + graph.index.length);
        }
        return Arrays.copyOfRange(graph.edges, rank == 0 ? 0 : graph.index[rank - 1], graph.index[rank]);
    }

    static DistGraphNeighbors adjacent(
            int[] sources, int[] sourceWeights, int[] destinations, int[] weights, boolean weighted, int ranks) {
        checkLengths(sources, sourceWeights);
        checkLengths(destinations, weights);
        checkRanks(sources, ranks);
        checkRanks(destinations, ranks);
        return new DistGraphNeighbors(sources, sourceWeights, destinations, weights, weighted);
    }

    /** Every rank tells the edges that it knows of; each learns those that begin or end at it. */
    static DistGraphNeighbors distributed(
            Communicator core, int[] sources, int[] degrees, int[] destinations, int[] weights, boolean weighted) {
        int[] mine = edges(sources, degrees, destinations, weights, core.size());
        int[] counts = new int[core.size()];
        counts[core.rank()] = mine.length;
        core.collective().allgather(counts, new Blocks.Even(0, Integer.BYTES));
        int[] starts = Reductions.starts(counts, core.size());
        int[] all = new int[starts[core.size()]];
        System.arraycopy(mine, 0, all, starts[core.rank()], mine.length);
        core.collective().allgather(all, new Blocks.Given(0, Integer.BYTES, starts, counts));
        List<int[]> in = new ArrayList<>();
        List<int[]> out = new ArrayList<>();
        for (int i = 0; i < all.length; i += EDGE) {
            if (all[i + 1] == core.rank()) {
                in.add(new int[] {all[i], all[i + 2]});
            }
            if (all[i] == core.rank()) {
                out.add(new int[] {all[i + 1], all[i + 2]});
            }
        }
        return new DistGraphNeighbors(column(in, 0), column(in, 1), column(out, 0), column(out, 1), weighted);
    }

    static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Numbers of an edge: where it begins, where it ends, its weight. */
    private static final int EDGE = 3;

    private static int[] edges(int[] sources, int[] degrees, int[] destinations, int[] weights, int ranks) {
        checkLengths(sources, degrees);
        checkLengths(destinations, weights);
        checkRanks(sources, ranks);
        checkRanks(destinations, ranks);
        if (Arrays.stream(degrees).sum() != destinations.length) {
            throw new Failure(
                    ErrorClass.ARG,
                    "degrees " + Arrays.toString(degrees) + " do not add up to the " + destinations.length
                            + " destinations");
        }
        int[] edges = new int[EDGE * destinations.length];
        int next = 0;
        for (int i = 0; i < sources.length; i++) {
            for (int edge = 0; edge < degrees[i]; edge++, next++) {
                edges[EDGE * next] = sources[i];
                edges[EDGE * next + 1] = destinations[next];
                edges[EDGE * next + 2] = weights[next];
            }
        }
        return edges;
    }

    private static int[] column(List<int[]> rows, int column) {
        return rows.stream().mapToInt(row -> row[column]).toArray();
    }

    private static void checkLengths(int[] nodes, int[] values) {
        if (values.length < nodes.length) {
            throw new Failure(ErrorClass.ARG, values.length + " values for " + nodes.length + " nodes");
        }
    }

    private static void checkRanks(int[] nodes, int ranks) {
        if (Arrays.stream(nodes).anyMatch(node -> node < 0 || node >= ranks)) {
            throw new Failure(ErrorClass.RANK, Arrays.toString(nodes) + " are not all within the " + ranks + " ranks");
        }
    }
}
