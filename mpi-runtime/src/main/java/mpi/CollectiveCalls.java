package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/** Collective operations once, for the doors of both dialects. A null send part means in place. */
abstract class CollectiveCalls extends SendModes {
    CollectiveCalls(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /** A part of a buffer as a call names it. */
    record Part(@Nullable Object buffer, int offset, int count, Datatype type) {
        Area area() {
            return Area.of(buffer, offset, count, type);
        }

        /** The same for each of {@code ranks} ranks, one after the other. */
        Area areaFor(int ranks) {
            return Area.of(buffer, offset, Math.multiplyExact(count, ranks), type);
        }

        /** The part of one of several ranks, whose parts lie one after the other from this one on. */
        Part ofRank(int rank) {
            return new Part(buffer, offset + rank * count, count, type);
        }

        byte[] objectBytes() {
            return ObjectReceive.bytesOf(buffer, offset, count);
        }

        void takeObjects(byte[] bytes, int at, int length) {
            ObjectReceive.into(buffer, offset, count).read(bytes, at, length);
        }

        @Override
        public String toString() {
            return "count=" + count + ", type=" + type;
        }
    }

    /** Parts of a buffer, one a rank, with counts and displacements in elements of the type. */
    @SuppressWarnings("ArrayRecordComponent") // the caller's arrays, looked at during one call only
    record Parts(@Nullable Object buffer, int offset, int[] counts, int[] displacements, Datatype type) {
        Object base() {
            return Area.base(buffer, offset, 1, type);
        }

        Part ofRank(int rank) {
            return new Part(buffer, offset + displacements[rank], counts[rank], type);
        }

        Blocks blocks(int ranks) {
            if (counts.length < ranks || displacements.length < ranks) {
                throw new Failure(
                        ErrorClass.COUNT,
                        "counts has " + counts.length + " and displacements " + displacements.length + " entries for "
                                + ranks + " ranks");
            }
            for (int rank = 0; rank < ranks; rank++) {
                Area.bytes(buffer, offset + displacements[rank] * type.getExtent(), counts[rank], type);
            }
            return new Blocks.Given(Area.at(buffer, offset, type), type.getSize(), displacements, counts);
        }

        @Override
        public String toString() {
            return "type=" + type;
        }
    }

    /** The body of a collective call. */
    @FunctionalInterface
    private interface Body {
        void run(Communicator core, Collectives collectives);
    }

    private void call(String call, Object values, Body body) {
        Communicator core = core();
        try {
            body.run(core, core.collective());
        } catch (Failure e) {
            throw raise(call, values.toString(), e);
        }
    }

    final void barrierOf(String call) {
        call(call, "", (_, collectives) -> collectives.barrier());
    }

    final void broadcast(String call, Part part, int root) {
        call(call, part + ", root=" + root, (core, collectives) -> {
            checkRoot(core, root);
            if (part.type.isObject()) {
                new ObjectCollectives(core).broadcast(part, root);
                return;
            }
            Area area = part.area();
            collectives.broadcast(area.base(), area.offset(), area.bytes(), root);
        });
    }

    /** At the root {@code in} is for each rank, elsewhere it is not looked at; null {@code out}: in place. */
    final void gatherTo(String call, @Nullable Part out, @Nullable Part in, int root) {
        call(call, (out == null ? in : out) + ", root=" + root, (core, collectives) -> {
            checkRoot(core, root);
            if (isObject(out == null ? in : out)) {
                Part mine = core.rank() == root || out != null ? out : required(in);
                new ObjectCollectives(core).gather(mine, rank -> required(in).ofRank(rank), root);
                return;
            }
            if (core.rank() != root) {
                sendToRoot(collectives, out == null ? required(in) : out, root);
                return;
            }
            Part all = required(in);
            Area area = all.areaFor(core.size());
            Blocks parts = new Blocks.Even(area.offset(), (long) all.count * all.type.getSize());
            placeOwn(out, area.base(), parts, root);
            collectives.gatherAtRoot(area.base(), parts);
        });
    }

    final void gatherVaryingTo(String call, @Nullable Part out, @Nullable Parts in, int root) {
        call(call, (out == null ? in : out) + ", root=" + root, (core, collectives) -> {
            checkRoot(core, root);
            if (isObject(out) || (in != null && in.type.isObject())) {
                new ObjectCollectives(core).gather(out, rank -> required(in).ofRank(rank), root);
                return;
            }
            if (core.rank() != root) {
                sendToRoot(collectives, required(out), root);
                return;
            }
            Parts all = required(in);
            Blocks parts = all.blocks(core.size());
            placeOwn(out, all.base(), parts, root);
            collectives.gatherAtRoot(all.base(), parts);
        });
    }

    /** At the root {@code out} is for each rank, elsewhere it is not looked at; null {@code in}: in place. */
    final void scatterFrom(String call, @Nullable Part out, @Nullable Part in, int root) {
        call(call, (in == null ? out : in) + ", root=" + root, (core, collectives) -> {
            checkRoot(core, root);
            if (isObject(in == null ? out : in)) {
                Part mine = core.rank() == root || in != null ? in : required(out);
                new ObjectCollectives(core).scatter(rank -> required(out).ofRank(rank), mine, root);
                return;
            }
            if (core.rank() != root) {
                receiveFromRoot(collectives, in == null ? required(out) : in, root);
                return;
            }
            Part all = required(out);
            Area area = all.areaFor(core.size());
            Blocks parts = new Blocks.Even(area.offset(), (long) all.count * all.type.getSize());
            takeOwn(in, area.base(), parts, root);
            collectives.scatterAtRoot(area.base(), parts);
        });
    }

    final void scatterVaryingFrom(String call, @Nullable Parts out, @Nullable Part in, int root) {
        call(call, (in == null ? out : in) + ", root=" + root, (core, collectives) -> {
            checkRoot(core, root);
            if (isObject(in) || (out != null && out.type.isObject())) {
                new ObjectCollectives(core).scatter(rank -> required(out).ofRank(rank), in, root);
                return;
            }
            if (core.rank() != root) {
                receiveFromRoot(collectives, required(in), root);
                return;
            }
            Parts all = required(out);
            Blocks parts = all.blocks(core.size());
            takeOwn(in, all.base(), parts, root);
            collectives.scatterAtRoot(all.base(), parts);
        });
    }

    final void allgatherOf(String call, @Nullable Part out, Part in) {
        call(call, in, (core, collectives) -> {
            if (in.type.isObject()) {
                new ObjectCollectives(core).allgather(out, in::ofRank);
                return;
            }
            Area area = in.areaFor(core.size());
            Blocks parts = new Blocks.Even(area.offset(), (long) in.count * in.type.getSize());
            placeOwn(out, area.base(), parts, core.rank());
            collectives.allgather(area.base(), parts);
        });
    }

    final void allgatherVarying(String call, @Nullable Part out, Parts in) {
        call(call, in, (core, collectives) -> {
            if (in.type.isObject()) {
                new ObjectCollectives(core).allgather(out, in::ofRank);
                return;
            }
            Blocks parts = in.blocks(core.size());
            placeOwn(out, in.base(), parts, core.rank());
            collectives.allgather(in.base(), parts);
        });
    }

    final void alltoallOf(String call, Part out, Part in) {
        call(call, out, (core, collectives) -> {
            if (in.type.isObject()) {
                new ObjectCollectives(core).alltoall(out::ofRank, in::ofRank);
                return;
            }
            Area from = out.areaFor(core.size());
            Area to = in.areaFor(core.size());
            collectives.alltoall(
                    from.base(),
                    new Blocks.Even(from.offset(), (long) out.count * out.type.getSize()),
                    to.base(),
                    new Blocks.Even(to.offset(), (long) in.count * in.type.getSize()));
        });
    }

    final void alltoallVarying(String call, Parts out, Parts in) {
        call(call, out, (core, collectives) -> {
            if (in.type.isObject()) {
                new ObjectCollectives(core).alltoall(out::ofRank, in::ofRank);
            } else {
                collectives.alltoall(out.base(), out.blocks(core.size()), in.base(), in.blocks(core.size()));
            }
        });
    }

    /** Null {@code out}: the operand is in {@code in}. Null {@code in}: not the root, nothing comes back. */
    final void reduceTo(String call, @Nullable Part out, @Nullable Part in, Op op, int root) {
        call(call, (out == null ? in : out) + ", op=" + op + ", root=" + root, (core, collectives) -> {
            checkRoot(core, root);
            Part operand = out == null ? required(in) : out;
            Folding folding = op.on(operand.type);
            boolean atRoot = core.rank() == root;
            Operand work = Operand.of(operand.area(), atRoot ? required(in).area() : null, folding);
            collectives.reduce(folding, work.array(), work.at(), work.count(), root);
            work.finish();
        });
    }

    final void allreduceOf(String call, @Nullable Part out, Part in, Op op) {
        call(call, in + ", op=" + op, (_, collectives) -> {
            Folding folding = op.on(in.type);
            Operand work = Operand.of(out == null ? in.area() : out.area(), in.area(), folding);
            collectives.allreduce(folding, work.array(), work.at(), work.count());
            work.finish();
        });
    }

    final void scanOf(String call, @Nullable Part out, Part in, Op op) {
        call(call, in + ", op=" + op, (_, collectives) -> {
            Folding folding = op.on(in.type);
            Operand work = Operand.of(out == null ? in.area() : out.area(), in.area(), folding);
            collectives.scan(folding, work.array(), work.at(), work.count());
            work.finish();
        });
    }

    private static boolean isObject(@Nullable Part part) {
        return part != null && part.type.isObject();
    }

    private static void sendToRoot(Collectives collectives, Part part, int root) {
        Area area = part.area();
        collectives.sendToRoot(area.base(), area.offset(), area.bytes(), root);
    }

    private static void receiveFromRoot(Collectives collectives, Part part, int root) {
        Area area = part.area();
        collectives.receiveFromRoot(area.base(), area.offset(), area.bytes(), root);
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
