package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A communicator whose ranks are the nodes of a graph, known to all of them or each with its own neighbours only (MPI
 * 4.1, section 8.5). Upper-case names are those of mpiJava.
 */
public class Graphcomm extends Intracomm {
    final @Nullable GraphParms graph;
    final @Nullable DistGraphNeighbors distributed;

    Graphcomm(
            @Nullable Communicator core,
            String name,
            @Nullable GraphParms graph,
            @Nullable DistGraphNeighbors distributed) {
        super(core, name);
        this.graph = graph;
        this.distributed = distributed;
    }

    /** The whole graph. */
    public GraphParms Get() {
        core();
        GraphParms known = graph("Get");
        return new GraphParms(known.index, known.edges);
    }

    /** The neighbours of a rank. */
    public int[] Neighbours(int rank) {
        core();
        try {
            return Graphs.neighbours(graph("Neighbours"), rank);
        } catch (Failure e) {
            throw raise("Neighbours", "rank=" + rank, e);
        }
    }

    /** The rank that would suit this process in a graph; its own, because nothing is reordered. */
    public int Map(int[] index, int[] edges) {
        Communicator core = core();
        try {
            int nodes = Graphs.graph(index, edges, core.size()).index.length;
            return core.rank() < nodes ? core.rank() : MPI.UNDEFINED;
        } catch (Failure e) {
            throw raise("Map", index.length + " nodes", e);
        }
    }

    @Override
    public int getTopology() {
        return graph == null ? MPI.DIST_GRAPH : MPI.GRAPH;
    }

    @Override
    public Graphcomm dup() {
        return dup(null);
    }

    @Override
    public Graphcomm clone() {
        return dup();
    }

    final GraphComm dup(@Nullable Info info) {
        return copied(new GraphComm(duplicated("dup"), label() + ".dup", graph, distributed), info);
    }

    @Override
    Neighbours neighbours(String call) {
        DistGraphNeighbors known = distributed;
        if (known != null) {
            return Neighbours.inOrder(known.sources, known.destinations);
        }
        int[] both = Graphs.neighbours(graph(call), core().rank());
        return Neighbours.inOrder(both, both);
    }

    private GraphParms graph(String call) {
        if (graph == null) {
            throw raise(call, "", new Failure(ErrorClass.TOPOLOGY, "no rank knows the whole of a distributed graph"));
        }
        return graph;
    }
}
