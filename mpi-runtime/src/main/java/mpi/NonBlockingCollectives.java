package mpi;

import io.muster.mpi.engine.Communicator;
import org.jspecify.annotations.Nullable;

/**
 * Non-blocking collective operations under their names in the Open MPI Java bindings (MPI 4.1, section 6.12): they
 * return at once, and their buffers may not be changed, nor read where they receive, until the request is done. All
 * ranks start the same ones, in the same order as blocking ones too. They make progress on a thread of their own. What
 * goes wrong is thrown when somebody waits. Arrays and NIO buffers.
 */
abstract class NonBlockingCollectives extends LowerCaseCollectives {
    NonBlockingCollectives(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** Starts {@link #barrier}. */
    public Request iBarrier() {
        return barrierOf("iBarrier").start();
    }

    /** Starts {@link #bcast}. */
    public Request iBcast(Object buf, int count, Datatype type, int root) {
        return broadcast("iBcast", new Part(buf, 0, count, type), root).start();
    }

    /** Starts {@link #gather}. */
    public Request iGather(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            @Nullable Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int root) {
        return gatherTo(
                        "iGather",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype),
                        root)
                .start();
    }

    /** Starts {@link #gather} in place. */
    public Request iGather(Object buf, int count, Datatype type, int root) {
        return gatherTo("iGather", null, new Part(buf, 0, count, type), root).start();
    }

    /** Starts {@link #gatherv}. */
    public Request iGatherv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            @Nullable Object recvbuf,
            int[] recvcount,
            int[] displs,
            Datatype recvtype,
            int root) {
        return gatherVaryingTo(
                        "iGatherv",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Parts(recvbuf, 0, recvcount, displs, recvtype),
                        root)
                .start();
    }

    /** Starts {@link #gatherv} in place, at the root. */
    public Request iGatherv(Object recvbuf, int[] recvcount, int[] displs, Datatype recvtype, int root) {
        return gatherVaryingTo("iGatherv", null, new Parts(recvbuf, 0, recvcount, displs, recvtype), root)
                .start();
    }

    /** Starts {@link #gatherv} in place, elsewhere. */
    public Request iGatherv(Object sendbuf, int sendcount, Datatype sendtype, int root) {
        return gatherVaryingTo("iGatherv", new Part(sendbuf, 0, sendcount, sendtype), null, root)
                .start();
    }

    /** Starts {@link #scatter}. */
    public Request iScatter(
            @Nullable Object sendbuf,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int root) {
        return scatterFrom(
                        "iScatter",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype),
                        root)
                .start();
    }

    /** Starts {@link #scatter} in place. */
    public Request iScatter(Object buf, int count, Datatype type, int root) {
        return scatterFrom("iScatter", new Part(buf, 0, count, type), null, root)
                .start();
    }

    /** Starts {@link #scatterv}. */
    public Request iScatterv(
            @Nullable Object sendbuf,
            int[] sendcount,
            int[] displs,
            Datatype sendtype,
            Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int root) {
        return scatterVaryingFrom(
                        "iScatterv",
                        new Parts(sendbuf, 0, sendcount, displs, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype),
                        root)
                .start();
    }

    /** Starts {@link #scatterv} in place, at the root. */
    public Request iScatterv(Object sendbuf, int[] sendcount, int[] displs, Datatype sendtype, int root) {
        return scatterVaryingFrom("iScatterv", new Parts(sendbuf, 0, sendcount, displs, sendtype), null, root)
                .start();
    }

    /** Starts {@link #scatterv} in place, elsewhere. */
    public Request iScatterv(Object recvbuf, int recvcount, Datatype recvtype, int root) {
        return scatterVaryingFrom("iScatterv", null, new Part(recvbuf, 0, recvcount, recvtype), root)
                .start();
    }

    /** Starts {@link #allGather}. */
    public Request iAllGather(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        return allgatherOf(
                        "iAllGather",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype))
                .start();
    }

    /** Starts {@link #allGather} in place. */
    public Request iAllGather(Object buf, int count, Datatype type) {
        return allgatherOf("iAllGather", null, new Part(buf, 0, count, type)).start();
    }

    /** Starts {@link #allGatherv}. */
    public Request iAllGatherv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] displs,
            Datatype recvtype) {
        return allgatherVarying(
                        "iAllGatherv",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Parts(recvbuf, 0, recvcount, displs, recvtype))
                .start();
    }

    /** Starts {@link #allGatherv} in place. */
    public Request iAllGatherv(Object recvbuf, int[] recvcount, int[] displs, Datatype recvtype) {
        return allgatherVarying("iAllGatherv", null, new Parts(recvbuf, 0, recvcount, displs, recvtype))
                .start();
    }

    /** Starts {@link #allToAll}. */
    public Request iAllToAll(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        return alltoallOf(
                        "iAllToAll",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype))
                .start();
    }

    /** Starts {@link #allToAllv}. */
    public Request iAllToAllv(
            Object sendbuf,
            int[] sendcount,
            int[] sdispls,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype) {
        return alltoallVarying(
                        "iAllToAllv",
                        new Parts(sendbuf, 0, sendcount, sdispls, sendtype),
                        new Parts(recvbuf, 0, recvcount, rdispls, recvtype))
                .start();
    }

    /** Starts {@link #reduce}. */
    public Request iReduce(Object sendbuf, @Nullable Object recvbuf, int count, Datatype type, Op op, int root) {
        return reduceTo("iReduce", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op, root)
                .start();
    }

    /** Starts {@link #reduce} in place. */
    public Request iReduce(Object buf, int count, Datatype type, Op op, int root) {
        return reduceTo("iReduce", null, new Part(buf, 0, count, type), op, root)
                .start();
    }

    /** Starts {@link #allReduce}. */
    public Request iAllReduce(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        return allreduceOf("iAllReduce", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op)
                .start();
    }

    /** Starts {@link #allReduce} in place. */
    public Request iAllReduce(Object buf, int count, Datatype type, Op op) {
        return allreduceOf("iAllReduce", null, new Part(buf, 0, count, type), op)
                .start();
    }

    /** Starts {@link #allToAllw}. */
    public Request iAllToAllw(
            Object sendbuf,
            int[] sendcounts,
            int[] sdispls,
            Datatype[] sendtypes,
            Object recvbuf,
            int[] recvcounts,
            int[] rdispls,
            Datatype[] recvtypes) {
        return alltoallTyped(
                        "iAllToAllw",
                        new TypedParts(sendbuf, sendcounts, sdispls, sendtypes),
                        new TypedParts(recvbuf, recvcounts, rdispls, recvtypes))
                .start();
    }

    /** Starts {@link #reduceScatter}. */
    public Request iReduceScatter(Object sendbuf, Object recvbuf, int[] recvcounts, Datatype type, Op op) {
        return reduceScatterOf(
                        "iReduceScatter",
                        total(sendbuf, 0, recvcounts, type),
                        new Part(recvbuf, 0, 0, type),
                        recvcounts,
                        op)
                .start();
    }

    /** Starts {@link #reduceScatter} in place. */
    public Request iReduceScatter(Object buf, int[] counts, Datatype type, Op op) {
        return reduceScatterOf("iReduceScatter", null, new Part(buf, 0, 0, type), counts, op)
                .start();
    }

    /** Starts {@link #reduceScatterBlock}. */
    public Request iReduceScatterBlock(Object sendbuf, Object recvbuf, int recvcount, Datatype type, Op op) {
        return reduceScatterOf(
                        "iReduceScatterBlock",
                        total(sendbuf, 0, same(recvcount), type),
                        new Part(recvbuf, 0, 0, type),
                        same(recvcount),
                        op)
                .start();
    }

    /** Starts {@link #reduceScatterBlock} in place. */
    public Request iReduceScatterBlock(Object buf, int count, Datatype type, Op op) {
        return reduceScatterOf("iReduceScatterBlock", null, new Part(buf, 0, 0, type), same(count), op)
                .start();
    }
}
