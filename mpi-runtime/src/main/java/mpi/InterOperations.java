package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.collective.Team;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.InterTeams;
import io.muster.mpi.transport.Frame;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collective operations between the ranks of two groups (MPI 4.1, section 6.2.3): what one group has goes to the other.
 * Rank 0 of each group, its leader, speaks for it where that saves messages. One object serves one call.
 */
final class InterOperations implements GroupOperations {
    private final Team remote;
    private final Collectives local;
    private final RemoteParts objects;
    private final boolean leads;
    private final int localSize;

    InterOperations(Communicator core) {
        InterTeams teams = core.interCollective();
        remote = teams.remote();
        local = teams.local();
        objects = new RemoteParts(remote);
        leads = core.rank() == 0;
        localSize = core.size();
    }

    @Override
    public void barrier() {
        local.barrier();
        if (leads) {
            remote.exchange(Frame.NOTHING, 0, 0, 0, Frame.NOTHING, 0, 0, 0);
        }
        local.barrier();
    }

    @Override
    public void broadcast(Part part, int root) {
        if (root == MPI.ROOT) {
            send(part, 0);
        } else if (receives(root)) {
            if (leads) {
                receive(part, root);
            }
            new IntraBroadcast(local, leads).run(part);
        }
    }

    @Override
    public void gather(@Nullable Part out, @Nullable Part in, int root) {
        gatherParts(out, rank -> given(in).ofRank(rank), root);
    }

    @Override
    public void gatherVarying(@Nullable Part out, @Nullable Parts in, int root) {
        gatherParts(out, rank -> given(in).ofRank(rank), root);
    }

    private void gatherParts(@Nullable Part out, IntFunction<Part> in, int root) {
        if (root == MPI.ROOT) {
            for (int rank = 0; rank < remote.size(); rank++) {
                receive(in.apply(rank), rank);
            }
        } else if (receives(root)) {
            send(given(out), root);
        }
    }

    @Override
    public void scatter(@Nullable Part out, @Nullable Part in, int root) {
        scatterParts(rank -> given(out).ofRank(rank), in, root);
    }

    @Override
    public void scatterVarying(@Nullable Parts out, @Nullable Part in, int root) {
        scatterParts(rank -> given(out).ofRank(rank), in, root);
    }

    private void scatterParts(IntFunction<Part> out, @Nullable Part in, int root) {
        if (root == MPI.ROOT) {
            for (int rank = 0; rank < remote.size(); rank++) {
                send(out.apply(rank), rank);
            }
        } else if (receives(root)) {
            receive(given(in), root);
        }
    }

    @Override
    public void allgather(@Nullable Part out, Part in) {
        Part mine = given(out);
        swapAll(_ -> mine, in::ofRank, in.type().isObject());
    }

    @Override
    public void allgatherVarying(@Nullable Part out, Parts in) {
        Part mine = given(out);
        in.checkRanks(remote.size());
        swapAll(_ -> mine, in::ofRank, in.type().isObject());
    }

    @Override
    public void alltoall(Part out, Part in) {
        swapAll(out::ofRank, in::ofRank, in.type().isObject());
    }

    @Override
    public void alltoallVarying(Parts out, Parts in) {
        out.checkRanks(remote.size());
        in.checkRanks(remote.size());
        swapAll(out::ofRank, in::ofRank, in.type().isObject());
    }

    @Override
    public void alltoallTyped(TypedParts out, TypedParts in) {
        RemoteParts.swap(remote, out.pieces(remote.size()), in.pieces(remote.size()));
    }

    @Override
    public void reduce(@Nullable Part out, @Nullable Part in, Op op, int root) {
        if (root == MPI.ROOT) {
            receive(given(in), 0);
        } else if (receives(root)) {
            Object work = reduced(given(out), op);
            if (leads) {
                remote.send(work, 0, given(out).area().bytes(), root);
            }
        }
    }

    @Override
    public void allreduce(@Nullable Part out, Part in, Op op) {
        Object work = reduced(given(out), op);
        Area result = in.area();
        if (leads) {
            remote.exchange(work, 0, given(out).area().bytes(), 0, result.base(), result.offset(), result.bytes(), 0);
        }
        local.broadcast(result.base(), result.offset(), result.bytes(), 0);
    }

    @Override
    public void reduceScatter(@Nullable Part out, Part in, int[] counts, Op op) {
        Part operand = given(out);
        Object work = reduced(operand, op);
        int[] starts = Reductions.starts(counts, localSize);
        Area mine = new Part(in.buffer(), in.offset(), counts[remote.rank()], in.type()).area();
        if (!leads) {
            local.receiveFromRoot(mine.base(), mine.offset(), mine.bytes(), 0);
            return;
        }
        long total = (long) starts[localSize] * in.type().getSize();
        Object theirs = in.type().element.newArray(starts[localSize] * in.type().width);
        remote.exchange(work, 0, operand.area().bytes(), 0, theirs, 0, total, 0);
        local.scatterAtRoot(theirs, new Blocks.Given(0, in.type().getSize(), starts, counts));
        Memory.copy(theirs, 0, mine.base(), mine.offset(), mine.bytes());
    }

    @Override
    public void scan(@Nullable Part out, Part in, Op op) {
        throw undefined();
    }

    @Override
    public void exclusiveScan(@Nullable Part out, Part in, Op op) {
        throw undefined();
    }

    @Override
    public void neighbours(Neighbours neighbours, IntFunction<Part> out, IntFunction<Part> in) {
        throw undefined();
    }

    private static Failure undefined() {
        return new Failure(ErrorClass.COMM, "the operation is not defined between two groups");
    }

    /** The operand of this group, at its leader. */
    private Object reduced(Part operand, Op op) {
        Folding folding = op.on(operand.type());
        Object work = Reductions.copy(operand.area(), operand.type());
        local.reduce(folding, work, 0, operand.count() * operand.type().width, 0);
        return work;
    }

    /** Whether the root is in the other group; not for the ranks beside a root in this one. */
    private boolean receives(int root) {
        if (root == MPI.PROC_NULL) {
            return false;
        }
        if (root < 0 || root >= remote.size()) {
            throw new Failure(
                    ErrorClass.ROOT,
                    "root " + root + " is neither ROOT nor PROC_NULL nor one of the ranks 0 to " + (remote.size() - 1)
                            + " of the other group");
        }
        return true;
    }

    private void send(Part part, int to) {
        if (part.type().isObject()) {
            objects.send(part.objectBytes(), to);
        } else {
            Area area = part.area();
            remote.send(area.base(), area.offset(), area.bytes(), to);
        }
    }

    private void receive(Part part, int from) {
        if (part.type().isObject()) {
            byte[] bytes = objects.receive(from);
            part.takeObjects(bytes, 0, bytes.length);
        } else {
            Area area = part.area();
            remote.receive(area.base(), area.offset(), area.bytes(), from);
        }
    }

    private void swapAll(IntFunction<Part> out, IntFunction<Part> in, boolean ofObjects) {
        if (ofObjects) {
            objects.swap(out, in);
        } else {
            RemoteParts.swap(remote, out, in);
        }
    }

    private static <T> T given(@Nullable T part) {
        if (part == null) {
            throw new Failure(
                    ErrorClass.BUFFER, "a buffer is missing; between two groups nothing can be done in place");
        }
        return part;
    }
}
