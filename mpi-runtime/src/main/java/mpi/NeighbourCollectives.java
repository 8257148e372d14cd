package mpi;

import io.muster.mpi.engine.Communicator;
import org.jspecify.annotations.Nullable;

/**
 * Collective operations between neighbours in a topology, under their names in the Open MPI Java bindings (MPI 4.1,
 * section 8.6): one part for and from each neighbour, in the order of the topology; on a grid the one before and the
 * one behind in each dimension. Parts of neighbours that are nobody are left alone.
 */
abstract class NeighbourCollectives extends NonBlockingCollectives {
    NeighbourCollectives(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** Sends one part to all neighbours and gets one from each. */
    public void neighborAllGather(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        Part out = new Part(sendbuf, 0, sendcount, sendtype);
        Part in = new Part(recvbuf, 0, recvcount, recvtype);
        neighboursOf("neighborAllGather", _ -> out, in::ofRank).run();
    }

    /** Starts {@link #neighborAllGather}. */
    public Request iNeighborAllGather(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        Part out = new Part(sendbuf, 0, sendcount, sendtype);
        Part in = new Part(recvbuf, 0, recvcount, recvtype);
        return neighboursOf("iNeighborAllGather", _ -> out, in::ofRank).start();
    }

    /** As {@link #neighborAllGather}, with parts of different sizes. */
    public void neighborAllGatherv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] displs,
            Datatype recvtype) {
        Part out = new Part(sendbuf, 0, sendcount, sendtype);
        Parts in = new Parts(recvbuf, 0, recvcount, displs, recvtype);
        neighboursOf("neighborAllGatherv", _ -> out, in::ofRank).run();
    }

    /** Starts {@link #neighborAllGatherv}. */
    public Request iNeighborAllGatherv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] displs,
            Datatype recvtype) {
        Part out = new Part(sendbuf, 0, sendcount, sendtype);
        Parts in = new Parts(recvbuf, 0, recvcount, displs, recvtype);
        return neighboursOf("iNeighborAllGatherv", _ -> out, in::ofRank).start();
    }

    /** Sends a part of its own to each neighbour and gets one from each. */
    public void neighborAllToAll(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        Part out = new Part(sendbuf, 0, sendcount, sendtype);
        Part in = new Part(recvbuf, 0, recvcount, recvtype);
        neighboursOf("neighborAllToAll", out::ofRank, in::ofRank).run();
    }

    /** Starts {@link #neighborAllToAll}. */
    public Request iNeighborAllToAll(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        Part out = new Part(sendbuf, 0, sendcount, sendtype);
        Part in = new Part(recvbuf, 0, recvcount, recvtype);
        return neighboursOf("iNeighborAllToAll", out::ofRank, in::ofRank).start();
    }

    /** As {@link #neighborAllToAll}, with parts of different sizes. */
    public void neighborAllToAllv(
            Object sendbuf,
            int[] sendcount,
            int[] sdispls,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype) {
        Parts out = new Parts(sendbuf, 0, sendcount, sdispls, sendtype);
        Parts in = new Parts(recvbuf, 0, recvcount, rdispls, recvtype);
        neighboursOf("neighborAllToAllv", out::ofRank, in::ofRank).run();
    }

    /** Starts {@link #neighborAllToAllv}. */
    public Request iNeighborAllToAllv(
            Object sendbuf,
            int[] sendcount,
            int[] sdispls,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype) {
        Parts out = new Parts(sendbuf, 0, sendcount, sdispls, sendtype);
        Parts in = new Parts(recvbuf, 0, recvcount, rdispls, recvtype);
        return neighboursOf("iNeighborAllToAllv", out::ofRank, in::ofRank).start();
    }
}
