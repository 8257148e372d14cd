package mpi;

import io.muster.mpi.engine.Communicator;
import org.jspecify.annotations.Nullable;

/**
 * Collective operations under their names in the Open MPI Java bindings. All block; counts are in elements. Not final:
 * the compiler then gives {@link Comm} a method of its own for each, which reflection can call.
 */
abstract class LowerCaseCollectives extends CollectiveCalls {
    LowerCaseCollectives(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** Blocks until every rank of the communicator is here (MPI 4.1, section 6.3). */
    public void barrier() {
        barrierOf("barrier").run();
    }

    /** Blocks until the buffer holds what the root has in its own (section 6.4). */
    public void bcast(Object buf, int count, Datatype type, int root) {
        broadcast("bcast", new Part(buf, 0, count, type), root).run();
    }

    /** Brings a part of each rank to the root, in rank order (section 6.5). */
    public void gather(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            @Nullable Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int root) {
        gatherTo("gather", new Part(sendbuf, 0, sendcount, sendtype), new Part(recvbuf, 0, recvcount, recvtype), root)
                .run();
    }

    /** In place: the root's part is in its place already. */
    public void gather(Object buf, int count, Datatype type, int root) {
        gatherTo("gather", null, new Part(buf, 0, count, type), root).run();
    }

    /** Brings parts of different sizes to the root (section 6.5). */
    public void gatherv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            @Nullable Object recvbuf,
            int[] recvcount,
            int[] displs,
            Datatype recvtype,
            int root) {
        gatherVaryingTo(
                        "gatherv",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Parts(recvbuf, 0, recvcount, displs, recvtype),
                        root)
                .run();
    }

    /** In place, at the root. */
    public void gatherv(Object recvbuf, int[] recvcount, int[] displs, Datatype recvtype, int root) {
        gatherVaryingTo("gatherv", null, new Parts(recvbuf, 0, recvcount, displs, recvtype), root)
                .run();
    }

    /** In place, elsewhere. */
    public void gatherv(Object sendbuf, int sendcount, Datatype sendtype, int root) {
        gatherVaryingTo("gatherv", new Part(sendbuf, 0, sendcount, sendtype), null, root)
                .run();
    }

    /** Deals parts of the root's buffer out, in rank order (section 6.6). */
    public void scatter(
            @Nullable Object sendbuf,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int root) {
        scatterFrom(
                        "scatter",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype),
                        root)
                .run();
    }

    /** In place: the root's part stays in its place. */
    public void scatter(Object buf, int count, Datatype type, int root) {
        scatterFrom("scatter", new Part(buf, 0, count, type), null, root).run();
    }

    /** Deals out parts of different sizes (section 6.6). */
    public void scatterv(
            @Nullable Object sendbuf,
            int[] sendcount,
            int[] displs,
            Datatype sendtype,
            Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int root) {
        scatterVaryingFrom(
                        "scatterv",
                        new Parts(sendbuf, 0, sendcount, displs, sendtype),
                        new Part(recvbuf, 0, recvcount, recvtype),
                        root)
                .run();
    }

    /** In place, at the root. */
    public void scatterv(Object sendbuf, int[] sendcount, int[] displs, Datatype sendtype, int root) {
        scatterVaryingFrom("scatterv", new Parts(sendbuf, 0, sendcount, displs, sendtype), null, root)
                .run();
    }

    /** In place, elsewhere. */
    public void scatterv(Object recvbuf, int recvcount, Datatype recvtype, int root) {
        scatterVaryingFrom("scatterv", null, new Part(recvbuf, 0, recvcount, recvtype), root)
                .run();
    }

    /** Brings a part of each rank to all (section 6.7). */
    public void allGather(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        allgatherOf("allGather", new Part(sendbuf, 0, sendcount, sendtype), new Part(recvbuf, 0, recvcount, recvtype))
                .run();
    }

    /** In place: this rank's part is in its place already. */
    public void allGather(Object buf, int count, Datatype type) {
        allgatherOf("allGather", null, new Part(buf, 0, count, type)).run();
    }

    /** Brings parts of different sizes to all (section 6.7). */
    public void allGatherv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] displs,
            Datatype recvtype) {
        allgatherVarying(
                        "allGatherv",
                        new Part(sendbuf, 0, sendcount, sendtype),
                        new Parts(recvbuf, 0, recvcount, displs, recvtype))
                .run();
    }

    /** In place. */
    public void allGatherv(Object recvbuf, int[] recvcount, int[] displs, Datatype recvtype) {
        allgatherVarying("allGatherv", null, new Parts(recvbuf, 0, recvcount, displs, recvtype))
                .run();
    }

    /** Every rank sends a part to every rank (section 6.8). */
    public void allToAll(
            Object sendbuf, int sendcount, Datatype sendtype, Object recvbuf, int recvcount, Datatype recvtype) {
        alltoallOf("allToAll", new Part(sendbuf, 0, sendcount, sendtype), new Part(recvbuf, 0, recvcount, recvtype))
                .run();
    }

    /** Every rank sends parts of different sizes to every rank (section 6.8). */
    public void allToAllv(
            Object sendbuf,
            int[] sendcount,
            int[] sdispls,
            Datatype sendtype,
            Object recvbuf,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype) {
        alltoallVarying(
                        "allToAllv",
                        new Parts(sendbuf, 0, sendcount, sdispls, sendtype),
                        new Parts(recvbuf, 0, recvcount, rdispls, recvtype))
                .run();
    }

    /** Combines the operands of all ranks at the root (section 6.9). */
    public void reduce(Object sendbuf, @Nullable Object recvbuf, int count, Datatype type, Op op, int root) {
        reduceTo("reduce", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op, root)
                .run();
    }

    /** In place. Elsewhere than at the root the buffer is only read. */
    public void reduce(Object buf, int count, Datatype type, Op op, int root) {
        reduceTo("reduce", null, new Part(buf, 0, count, type), op, root).run();
    }

    /** Combines the operands of all ranks at all of them (section 6.9.6). */
    public void allReduce(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        allreduceOf("allReduce", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op)
                .run();
    }

    /** In place. */
    public void allReduce(Object buf, int count, Datatype type, Op op) {
        allreduceOf("allReduce", null, new Part(buf, 0, count, type), op).run();
    }

    /** Every rank sends parts of different types to every rank; displacements are in bytes (section 6.8). */
    public void allToAllw(
            Object sendbuf,
            int[] sendcounts,
            int[] sdispls,
            Datatype[] sendtypes,
            Object recvbuf,
            int[] recvcounts,
            int[] rdispls,
            Datatype[] recvtypes) {
        alltoallTyped(
                        "allToAllw",
                        new TypedParts(sendbuf, sendcounts, sdispls, sendtypes),
                        new TypedParts(recvbuf, recvcounts, rdispls, recvtypes))
                .run();
    }

    /** Combines the operands of all ranks and deals the result out: {@code recvcounts[i]} to rank i (section 6.10). */
    public void reduceScatter(Object sendbuf, Object recvbuf, int[] recvcounts, Datatype type, Op op) {
        reduceScatterOf(
                        "reduceScatter",
                        total(sendbuf, 0, recvcounts, type),
                        new Part(recvbuf, 0, 0, type),
                        recvcounts,
                        op)
                .run();
    }

    /** In place: the result is where the operand began. */
    public void reduceScatter(Object buf, int[] counts, Datatype type, Op op) {
        reduceScatterOf("reduceScatter", null, new Part(buf, 0, 0, type), counts, op)
                .run();
    }

    /** Combines the operands of all ranks and deals the result out: as much to each rank (section 6.10). */
    public void reduceScatterBlock(Object sendbuf, Object recvbuf, int recvcount, Datatype type, Op op) {
        reduceScatterOf(
                        "reduceScatterBlock",
                        total(sendbuf, 0, same(recvcount), type),
                        new Part(recvbuf, 0, 0, type),
                        same(recvcount),
                        op)
                .run();
    }

    /** In place: the result is where the operand began. */
    public void reduceScatterBlock(Object buf, int count, Datatype type, Op op) {
        reduceScatterOf("reduceScatterBlock", null, new Part(buf, 0, 0, type), same(count), op)
                .run();
    }
}
