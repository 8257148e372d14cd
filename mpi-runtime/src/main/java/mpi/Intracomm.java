package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A communicator within one group, with the collective operations under their mpiJava names. All block. */
public class Intracomm extends Comm {
    Intracomm(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** One that Init starts. */
    static Intracomm notStarted(String name) {
        Intracomm made = new Intracomm(null, name);
        made.awaitStart();
        return made;
    }

    /** Blocks until every rank is here (MPI 4.1, section 6.3). */
    public void Barrier() {
        barrierOf("Barrier");
    }

    /** Blocks until the buffer holds what the root has in its own (section 6.4). */
    public void Bcast(Object buf, int offset, int count, Datatype type, int root) {
        broadcast("Bcast", new Part(buf, offset, count, type), root);
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
                root);
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
                root);
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
                root);
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
                root);
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
                new Part(recvbuf, recvoffset, recvcount, recvtype));
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
                new Parts(recvbuf, recvoffset, recvcount, rdispls, recvtype));
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
                new Part(recvbuf, recvoffset, recvcount, recvtype));
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
                new Parts(recvbuf, recvoffset, recvcount, rdispls, recvtype));
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
                root);
    }

    /** Combines the operands of all ranks at all of them. */
    public void Allreduce(
            Object sendbuf, int sendoffset, Object recvbuf, int recvoffset, int count, Datatype type, Op op) {
        allreduceOf(
                "Allreduce",
                new Part(sendbuf, sendoffset, count, type),
                new Part(recvbuf, recvoffset, count, type),
                op);
    }

    /** Combines the operands of ranks 0 to this one (section 6.11). */
    public void Scan(Object sendbuf, int sendoffset, Object recvbuf, int recvoffset, int count, Datatype type, Op op) {
        scanOf("Scan", new Part(sendbuf, sendoffset, count, type), new Part(recvbuf, recvoffset, count, type), op);
    }

    /** Combines the operands of ranks 0 to this one. */
    public final void scan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op) {
        scanOf("scan", new Part(sendbuf, 0, count, type), new Part(recvbuf, 0, count, type), op);
    }

    /** In place. */
    public final void scan(Object buf, int count, Datatype type, Op op) {
        scanOf("scan", null, new Part(buf, 0, count, type), op);
    }

    /** Ranks of equal colour get a communicator, ordered by key; with colour UNDEFINED an empty one that is null. */
    public Intracomm Split(int color, int key) {
        return split(color, key);
    }

    /** Ranks of equal colour get a communicator, ordered by key. All ranks call it (section 7.4.2). */
    public final Intracomm split(int color, int key) {
        return new Intracomm(Splitting.split(core(), color, key), label() + ".split");
    }

    @Override
    public Intracomm dup() {
        return new Intracomm(Splitting.duplicate(core()), label() + ".dup");
    }

    @Override
    public Intracomm clone() {
        return dup();
    }

    /** Arranges the ranks on a grid; ranks beyond it get a communicator that is null. */
    public Cartcomm Create_cart(int[] dims, boolean[] periods, boolean reorder) {
        return createCart(dims, periods, reorder);
    }

    /** Arranges the ranks on a grid (section 8.5.1). All ranks call it. */
    public final CartComm createCart(int[] dims, boolean[] periods, boolean reorder) {
        Grid grid;
        try {
            grid = new Grid(dims, periods, core().size());
        } catch (Failure e) {
            throw raise("createCart", "dims=" + Arrays.toString(dims), e);
        }
        Communicator part = Splitting.split(core(), core().rank() < grid.size() ? 0 : MPI.UNDEFINED, core().rank());
        return new CartComm(part, label() + ".cart", grid);
    }
}
