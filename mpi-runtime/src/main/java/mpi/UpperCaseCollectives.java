package mpi;

import io.muster.mpi.engine.Communicator;
import org.jspecify.annotations.Nullable;

/**
 * Collective operations under their names in mpiJava, which has them within one group only, and prefix reductions in
 * both dialects. Offsets are in elements of the buffer; all but those that return a request block.
 */
abstract class UpperCaseCollectives extends Comm {
    UpperCaseCollectives(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** Blocks until every rank is here (MPI 4.1, section 6.3). */
    public void Barrier() {
        barrierOf("Barrier").run();
    }

    /** Blocks until the buffer holds what the root has in its own (section 6.4). */
    public void Bcast(Object buf, int offset, int count, Datatype type, int root) {
        broadcast("Bcast", new Part(buf, offset, count, type), root).run();
    }

    /** Brings a part of each rank to the root (section 6.5). */
    public void Gather(
            Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            @Nullable Object recvbuf,
            int recvoffset,
            int recvcount,
            Datatype recvtype,
            int root) {
        gatherTo(
                        "Gather",
                        new Part(sendbuf, sendoffset, sendcount, sendtype),
                        new Part(recvbuf, recvoffset, recvcount, recvtype),
                        root)
                .run();
    }

    /** Brings parts of different sizes to the root. */
    public void Gatherv(
            Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            @Nullable Object recvbuf,
            int recvoffset,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype,
            int root) {
        gatherVaryingTo(
                        "Gatherv",
                        new Part(sendbuf, sendoffset, sendcount, sendtype),
                        new Parts(recvbuf, recvoffset, recvcount, rdispls, recvtype),
                        root)
                .run();
    }

    /** Deals parts of the root's buffer out (section 6.6). */
    public void Scatter(
            @Nullable Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int recvoffset,
            int recvcount,
            Datatype recvtype,
            int root) {
        scatterFrom(
                        "Scatter",
                        new Part(sendbuf, sendoffset, sendcount, sendtype),
                        new Part(recvbuf, recvoffset, recvcount, recvtype),
                        root)
                .run();
    }

    /** Deals out parts of different sizes. */
    public void Scatterv(
            @Nullable Object sendbuf,
            int sendoffset,
            int[] sendcount,
            int[] sdispls,
            Datatype sendtype,
            Object recvbuf,
            int recvoffset,
            int recvcount,
            Datatype recvtype,
            int root) {
        scatterVaryingFrom(
                        "Scatterv",
                        new Parts(sendbuf, sendoffset, sendcount, sdispls, sendtype),
                        new Part(recvbuf, recvoffset, recvcount, recvtype),
                        root)
                .run();
    }

    /** Brings a part of each rank to all (section 6.7). */
    public void Allgather(
            Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int recvoffset,
            int recvcount,
            Datatype recvtype) {
        allgatherOf(
                        "Allgather",
                        new Part(sendbuf, sendoffset, sendcount, sendtype),
                        new Part(recvbuf, recvoffset, recvcount, recvtype))
                .run();
    }

    /** Brings parts of different sizes to all. */
    public void Allgatherv(
            Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int recvoffset,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype) {
        allgatherVarying(
                        "Allgatherv",
                        new Part(sendbuf, sendoffset, sendcount, sendtype),
                        new Parts(recvbuf, recvoffset, recvcount, rdispls, recvtype))
                .run();
    }

    /** Every rank sends a part to every rank (section 6.8). */
    public void Alltoall(
            Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            Object recvbuf,
            int recvoffset,
            int recvcount,
            Datatype recvtype) {
        alltoallOf(
                        "Alltoall",
                        new Part(sendbuf, sendoffset, sendcount, sendtype),
                        new Part(recvbuf, recvoffset, recvcount, recvtype))
                .run();
    }

    /** Every rank sends parts of different sizes to every rank. */
    public void Alltoallv(
            Object sendbuf,
            int sendoffset,
            int[] sendcount,
            int[] sdispls,
            Datatype sendtype,
            Object recvbuf,
            int recvoffset,
            int[] recvcount,
            int[] rdispls,
            Datatype recvtype) {
        alltoallVarying(
                        "Alltoallv",
                        new Parts(sendbuf, sendoffset, sendcount, sdispls, sendtype),
                        new Parts(recvbuf, recvoffset, recvcount, rdispls, recvtype))
                .run();
    }

    /** Combines the operands of all ranks at the root (section 6.9). */
    public void Reduce(
            Object sendbuf,
            int sendoffset,
            @Nullable Object recvbuf,
            int recvoffset,
            int count,
            Datatype type,
            Op op,
            int root) {
        reduceTo(
                        "Reduce",
                        new Part(sendbuf, sendoffset, count, type),
                        new Part(recvbuf, recvoffset, count, type),
                        op,
                        root)
                .run();
    }

    /** Combines the operands of all ranks at all of them. */
    public void Allreduce(
            Object sendbuf, int sendoffset, Object recvbuf, int recvoffset, int count, Datatype type, Op op) {
        allreduceOf(
                        "Allreduce",
                        new Part(sendbuf, sendoffset, count, type),
                        new Part(recvbuf, recvoffset, count, type),
                        op)
                .run();
    }

    /** Combines the operands of ranks 0 to this one (section 6.11). */
    public void Scan(Object sendbuf, int sendoffset, Object recvbuf, int recvoffset, int count, Datatype type, Op op) {
        scanOf("Scan", new Part(sendbuf, sendoffset, count, type), new Part(recvbuf, recvoffset, count, type), op)
                .run();
    }

    /** Combines the operands of ranks 0 to this one. */
    public void scan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        scanOf("scan", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op)
                .run();
    }

    /** In place. */
    public void scan(Object buf, int count, Datatype type, Op op) {
        scanOf("scan", null, new Part(buf, 0, count, type), op).run();
    }

    /** Combines the operands of all ranks and deals the result out: {@code recvcounts[i]} to rank i (section 6.10). */
    public void Reduce_scatter(
            Object sendbuf,
            int sendoffset,
            Object recvbuf,
            int recvoffset,
            int[] recvcounts,
            Datatype datatype,
            Op op) {
        reduceScatterOf(
                        "Reduce_scatter",
                        total(sendbuf, sendoffset, recvcounts, datatype),
                        new Part(recvbuf, recvoffset, 0, datatype),
                        recvcounts,
                        op)
                .run();
    }

    /** Combines the operands of the ranks before this one; rank 0 gets nothing (section 6.11.2). */
    public void exScan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        exclusiveScanOf("exScan", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op)
                .run();
    }

    /** In place. */
    public void exScan(Object buf, int count, Datatype type, Op op) {
        exclusiveScanOf("exScan", null, new Part(buf, 0, count, type), op).run();
    }

    /** Starts {@link #scan}. */
    public Request iScan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        return scanOf("iScan", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op)
                .start();
    }

    /** Starts {@link #scan} in place. */
    public Request iScan(Object buf, int count, Datatype type, Op op) {
        return scanOf("iScan", null, new Part(buf, 0, count, type), op).start();
    }

    /** Starts {@link #exScan}. */
    public Request iExScan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        return exclusiveScanOf("iExScan", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op)
                .start();
    }

    /** Starts {@link #exScan} in place. */
    public Request iExScan(Object buf, int count, Datatype type, Op op) {
        return exclusiveScanOf("iExScan", null, new Part(buf, 0, count, type), op)
                .start();
    }
}
