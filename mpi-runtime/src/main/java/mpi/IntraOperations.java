package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.collective.Piece;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collective operations on the ranks of one group (MPI 4.1, chapter 6). */
final class IntraOperations implements GroupOperations {
    private final Communicator core;
    private final Supplier<Collectives> next;
    private final ObjectCollectives objects;
    private final ObjectReductions reductions;

    /** What {@code next} gives are the operations of the ranks, one each time or always the same. */
    IntraOperations(Communicator core, Supplier<Collectives> next) {
        this.core = core;
        this.next = next;
        this.objects = new ObjectCollectives(next, core.rank(), core.size());
        this.reductions = new ObjectReductions(objects, core.rank(), core.size());
    }

    @Override
    public void barrier() {
        next.get().barrier();
    }

    @Override
    public void broadcast(Part part, int root) {
        checkRoot(root);
        if (part.type().isObject()) {
            objects.broadcast(part, root);
            return;
        }
        Area area = part.area();
        next.get().broadcast(area.base(), area.offset(), area.bytes(), root);
    }

    @Override
    public void gather(@Nullable Part out, @Nullable Part in, int root) {
        checkRoot(root);
        if (isObject(out == null ? in : out)) {
            Part mine = core.rank() == root || out != null ? out : required(in);
            objects.gather(mine, rank -> required(in).ofRank(rank), root);
            return;
        }
        if (core.rank() != root) {
            sendToRoot(out == null ? required(in) : out, root);
            return;
        }
        Part all = required(in);
        Area area = all.areaFor(core.size());
        Blocks parts =
                new Blocks.Even(area.offset(), (long) all.count() * all.type().getSize());
        placeOwn(out, area.base(), parts, root);
        next.get().gatherAtRoot(area.base(), parts);
    }

    @Override
    public void gatherVarying(@Nullable Part out, @Nullable Parts in, int root) {
        checkRoot(root);
        if (isObject(out) || (core.rank() == root && in != null && in.type().isObject())) {
            objects.gather(out, rank -> required(in).ofRank(rank), root);
            return;
        }
        if (core.rank() != root) {
            sendToRoot(required(out), root);
            return;
        }
        Parts all = required(in);
        Blocks parts = all.blocks(core.size());
        placeOwn(out, all.base(), parts, root);
        next.get().gatherAtRoot(all.base(), parts);
    }

    @Override
    public void scatter(@Nullable Part out, @Nullable Part in, int root) {
        checkRoot(root);
        if (isObject(in == null ? out : in)) {
            Part mine = core.rank() == root || in != null ? in : required(out);
            objects.scatter(rank -> required(out).ofRank(rank), mine, root);
            return;
        }
        if (core.rank() != root) {
            receiveFromRoot(in == null ? required(out) : in, root);
            return;
        }
        Part all = required(out);
        Area area = all.areaFor(core.size());
        Blocks parts =
                new Blocks.Even(area.offset(), (long) all.count() * all.type().getSize());
        takeOwn(in, area.base(), parts, root);
        next.get().scatterAtRoot(area.base(), parts);
    }

    @Override
    public void scatterVarying(@Nullable Parts out, @Nullable Part in, int root) {
        checkRoot(root);
        if (isObject(in) || (core.rank() == root && out != null && out.type().isObject())) {
            objects.scatter(rank -> required(out).ofRank(rank), in, root);
            return;
        }
        if (core.rank() != root) {
            receiveFromRoot(required(in), root);
            return;
        }
        Parts all = required(out);
        Blocks parts = all.blocks(core.size());
        takeOwn(in, all.base(), parts, root);
        next.get().scatterAtRoot(all.base(), parts);
    }

    @Override
    public void allgather(@Nullable Part out, Part in) {
        if (in.type().isObject()) {
            objects.allgather(out, in::ofRank);
            return;
        }
        Area area = in.areaFor(core.size());
        Blocks parts =
                new Blocks.Even(area.offset(), (long) in.count() * in.type().getSize());
        placeOwn(out, area.base(), parts, core.rank());
        next.get().allgather(area.base(), parts);
    }

    @Override
    public void allgatherVarying(@Nullable Part out, Parts in) {
        if (in.type().isObject()) {
            objects.allgather(out, in::ofRank);
            return;
        }
        Blocks parts = in.blocks(core.size());
        placeOwn(out, in.base(), parts, core.rank());
        next.get().allgather(in.base(), parts);
    }

    @Override
    public void alltoall(Part out, Part in) {
        if (in.type().isObject()) {
            objects.alltoall(out::ofRank, in::ofRank);
            return;
        }
        Area from = out.areaFor(core.size());
        Area to = in.areaFor(core.size());
        next.get()
                .alltoall(
                        from.base(),
                        new Blocks.Even(
                                from.offset(), (long) out.count() * out.type().getSize()),
                        to.base(),
                        new Blocks.Even(
                                to.offset(), (long) in.count() * in.type().getSize()));
    }

    @Override
    public void alltoallVarying(Parts out, Parts in) {
        if (in.type().isObject()) {
            objects.alltoall(out::ofRank, in::ofRank);
        } else {
            next.get().alltoall(out.base(), out.blocks(core.size()), in.base(), in.blocks(core.size()));
        }
    }

    @Override
    public void reduce(@Nullable Part out, @Nullable Part in, Op op, int root) {
        checkRoot(root);
        Part operand = out == null ? required(in) : out;
        if (operand.type().isObject()) {
            Object[] result = reductions.all(operand, op);
            if (core.rank() == root) {
                ObjectReductions.put(result, 0, required(in));
            }
            return;
        }
        Folding folding = op.on(operand.type());
        boolean atRoot = core.rank() == root;
        Operand work = Operand.of(operand.area(), atRoot ? required(in).area() : null, folding);
        next.get().reduce(folding, work.array(), work.at(), work.count(), root);
        work.finish();
    }

    @Override
    public void allreduce(@Nullable Part out, Part in, Op op) {
        if (in.type().isObject()) {
            ObjectReductions.put(reductions.all(out == null ? in : out, op), 0, in);
            return;
        }
        Folding folding = op.on(in.type());
        Operand work = Operand.of(out == null ? in.area() : out.area(), in.area(), folding);
        next.get().allreduce(folding, work.array(), work.at(), work.count());
        work.finish();
    }

    @Override
    public void scan(@Nullable Part out, Part in, Op op) {
        if (in.type().isObject()) {
            ObjectReductions.put(reductions.upTo(core.rank() + 1, out == null ? in : out, op), 0, in);
            return;
        }
        Folding folding = op.on(in.type());
        Operand work = Operand.of(out == null ? in.area() : out.area(), in.area(), folding);
        next.get().scan(folding, work.array(), work.at(), work.count());
        work.finish();
    }

    @Override
    public void alltoallTyped(TypedParts out, TypedParts in) {
        next.get().alltoall(out.pieces(core.size()), in.pieces(core.size()));
    }

    @Override
    public void reduceScatter(@Nullable Part out, Part in, int[] counts, Op op) {
        if (counts.length < core.size()) {
            throw new Failure(ErrorClass.COUNT, counts.length + " counts for " + core.size() + " ranks");
        }
        int[] starts = Reductions.starts(counts, core.size());
        Part operand = out == null ? new Part(in.buffer(), in.offset(), starts[core.size()], in.type()) : out;
        if (in.type().isObject()) {
            Part mine = new Part(in.buffer(), in.offset(), counts[core.rank()], in.type());
            ObjectReductions.put(reductions.all(operand, op), starts[core.rank()], mine);
            return;
        }
        Folding folding = op.on(in.type());
        Object work = Reductions.copy(operand.area(), in.type());
        next.get().reduce(folding, work, 0, operand.count() * in.type().width, 0);
        Collectives scatter = next.get();
        Area mine = new Part(in.buffer(), in.offset(), counts[core.rank()], in.type()).area();
        if (core.rank() == 0) {
            scatter.scatterAtRoot(work, new Blocks.Given(0, in.type().getSize(), starts, counts));
            Memory.copy(work, 0, mine.base(), mine.offset(), mine.bytes());
        } else {
            scatter.receiveFromRoot(mine.base(), mine.offset(), mine.bytes(), 0);
        }
    }

    @Override
    public void exclusiveScan(@Nullable Part out, Part in, Op op) {
        if (in.type().isObject()) {
            Object[] result = reductions.upTo(Math.max(1, core.rank()), out == null ? in : out, op);
            if (core.rank() > 0) {
                ObjectReductions.put(result, 0, in);
            }
            return;
        }
        Folding folding = op.on(in.type());
        Object work = Reductions.copy(out == null ? in.area() : out.area(), in.type());
        next.get().exclusiveScan(folding, work, 0, in.count() * in.type().width);
        if (core.rank() > 0) {
            Area result = in.area();
            Memory.copy(work, 0, result.base(), result.offset(), result.bytes());
        }
    }

    @Override
    public void neighbours(Neighbours neighbours, IntFunction<Part> out, IntFunction<Part> in) {
        Piece[] sent = new Piece[neighbours.destinations().length];
        Arrays.setAll(sent, i -> out.apply(i).piece());
        // In the order of matching; the parts themselves lie in the order of the sources.
        int[] matching = neighbours.matching();
        int[] sources =
                Arrays.stream(matching).map(i -> neighbours.sources()[i]).toArray();
        Piece[] received = new Piece[sources.length];
        Arrays.setAll(received, i -> in.apply(matching[i]).piece());
        next.get().exchange(sources, received, neighbours.destinations(), sent);
    }

    private void checkRoot(int root) {
        if (root < 0 || root >= core.size()) {
            throw new Failure(ErrorClass.ROOT, "root " + root + " is none of the ranks 0 to " + (core.size() - 1));
        }
    }

    private static boolean isObject(@Nullable Part part) {
        return part != null && part.type().isObject();
    }

    private void sendToRoot(Part part, int root) {
        Area area = part.area();
        next.get().sendToRoot(area.base(), area.offset(), area.bytes(), root);
    }

    private void receiveFromRoot(Part part, int root) {
        Area area = part.area();
        next.get().receiveFromRoot(area.base(), area.offset(), area.bytes(), root);
    }

    private static void placeOwn(@Nullable Part own, Object base, Blocks parts, int rank) {
        if (own != null) {
            Area area = own.area();
            checkFits(area.bytes(), parts.bytes(rank));
            Memory.copy(area.base(), area.offset(), base, parts.offset(rank), area.bytes());
        }
    }

    private static void takeOwn(@Nullable Part own, Object base, Blocks parts, int rank) {
        if (own != null) {
            Area area = own.area();
            checkFits(parts.bytes(rank), area.bytes());
            Memory.copy(base, parts.offset(rank), area.base(), area.offset(), parts.bytes(rank));
        }
    }

    private static void checkFits(long sent, long room) {
        if (sent > room) {
            throw new Failure(
                    ErrorClass.TRUNCATE, "this rank sends itself " + sent + " bytes, but receives only " + room);
        }
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new Failure(ErrorClass.BUFFER, "this rank needs a buffer here");
        }
        return part;
    }
}
