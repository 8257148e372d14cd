package mpi;

import io.muster.mpi.engine.Communicator;
import org.jspecify.annotations.Nullable;

/** A communicator whose ranks are the nodes of a graph, with the names of the Open MPI Java bindings. */
public class GraphComm extends Graphcomm {
    GraphComm(
            @Nullable Communicator core,
            String name,
            @Nullable GraphParms graph,
            @Nullable DistGraphNeighbors distributed) {
        super(core, name, graph, distributed);
    }

    /** The whole graph. */
    public GraphParms getDims() {
        return Get();
    }

    /** The neighbours of a rank. */
    public int[] getNeighbors(int rank) {
        return Neighbours(rank);
    }

    /** This rank's neighbours in a distributed graph. */
    public DistGraphNeighbors getDistGraphNeighbors() {
        core();
        DistGraphNeighbors known = distributed;
        if (known == null) {
            throw noTopology("getDistGraphNeighbors");
        }
        return known;
    }

    /** The rank that would suit this process in a graph. */
    public int map(int[] index, int[] edges) {
        return Map(index, edges);
    }

    @Override
    public GraphComm dup() {
        return dup(null);
    }

    @Override
    public GraphComm dupWithInfo(Info info) {
        return dup(info);
    }

    @Override
    public GraphComm iDup() {
        return startDup(new GraphComm(null, label() + ".dup", graph, distributed));
    }

    @Override
    public GraphComm clone() {
        return dup();
    }
}
