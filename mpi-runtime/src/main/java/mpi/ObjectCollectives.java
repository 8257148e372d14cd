package mpi;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collective operations on objects: how many bytes each rank's objects are goes first, then the bytes. A null part
 * means in place; where parts are asked for by rank, only those are that the operation needs.
 */
final class ObjectCollectives {
    private static final byte[] NOTHING = {};

    private final Supplier<Collectives> next;
    private final int me;
    private final int size;

    ObjectCollectives(Supplier<Collectives> next, int rank, int size) {
        this.next = next;
        this.me = rank;
        this.size = size;
    }

    void broadcast(Part part, int root) {
        byte[] bytes = me == root ? part.objectBytes() : NOTHING;
        int[] length = {bytes.length};
        next.get().broadcast(length, 0, Integer.BYTES, root);
        bytes = me == root ? bytes : new byte[length[0]];
        next.get().broadcast(bytes, 0, bytes.length, root);
        if (me != root) {
            part.takeObjects(bytes, 0, bytes.length);
        }
    }

    void gather(@Nullable Part out, IntFunction<Part> in, int root) {
        byte[] mine = out == null ? NOTHING : out.objectBytes();
        int[] lengths = new int[size];
        lengths[me] = mine.length;
        if (me != root) {
            next.get().sendToRoot(lengths, (long) me * Integer.BYTES, Integer.BYTES, root);
            next.get().sendToRoot(mine, 0, mine.length, root);
            return;
        }
        next.get().gatherAtRoot(lengths, new Blocks.Even(0, Integer.BYTES));
        Packed all = new Packed(lengths);
        all.put(me, mine);
        next.get().gatherAtRoot(all.bytes, all.blocks());
        all.takeAll(in, out == null ? me : Packed.NOBODY);
    }

    void allgather(@Nullable Part out, IntFunction<Part> in) {
        byte[] mine = (out == null ? in.apply(me) : out).objectBytes();
        int[] lengths = new int[size];
        lengths[me] = mine.length;
        next.get().allgather(lengths, new Blocks.Even(0, Integer.BYTES));
        Packed all = new Packed(lengths);
        all.put(me, mine);
        next.get().allgather(all.bytes, all.blocks());
        all.takeAll(in, out == null ? me : Packed.NOBODY);
    }

    void scatter(IntFunction<Part> out, @Nullable Part in, int root) {
        int[] length = new int[1];
        if (me != root) {
            next.get().receiveFromRoot(length, 0, Integer.BYTES, root);
            byte[] bytes = new byte[length[0]];
            next.get().receiveFromRoot(bytes, 0, bytes.length, root);
            if (in != null) {
                in.takeObjects(bytes, 0, bytes.length);
            }
            return;
        }
        Packed all = Packed.of(out, size);
        next.get().scatterAtRoot(all.lengths, new Blocks.Even(0, Integer.BYTES));
        next.get().scatterAtRoot(all.bytes, all.blocks());
        if (in != null) {
            all.take(me, in);
        }
    }

    void alltoall(IntFunction<Part> out, IntFunction<Part> in) {
        Packed sent = Packed.of(out, size);
        int[] lengths = new int[size];
        Blocks.Even each = new Blocks.Even(0, Integer.BYTES);
        next.get().alltoall(sent.lengths, each, lengths, each);
        Packed received = new Packed(lengths);
        next.get().alltoall(sent.bytes, sent.blocks(), received.bytes, received.blocks());
        received.takeAll(in, Packed.NOBODY);
    }

    /** The bytes of several ranks, one after the other. */
    private static final class Packed {
        static final int NOBODY = -1;

        final int[] lengths;
        final int[] starts;
        final byte[] bytes;

        Packed(int[] lengths) {
            this.lengths = lengths;
            starts = new int[lengths.length];
            int total = 0;
            for (int rank = 0; rank < lengths.length; rank++) {
                starts[rank] = total;
                total = Math.addExact(total, lengths[rank]);
            }
            bytes = new byte[total];
        }

        static Packed of(IntFunction<Part> parts, int ranks) {
            byte[][] each = new byte[ranks][];
            int[] lengths = new int[ranks];
            for (int rank = 0; rank < ranks; rank++) {
                each[rank] = parts.apply(rank).objectBytes();
                lengths[rank] = each[rank].length;
            }
            Packed all = new Packed(lengths);
            for (int rank = 0; rank < ranks; rank++) {
                all.put(rank, each[rank]);
            }
            return all;
        }

        void put(int rank, byte[] part) {
            System.arraycopy(part, 0, bytes, starts[rank], part.length);
        }

        Blocks blocks() {
            return new Blocks.Given(0, 1, starts, lengths);
        }

        void take(int rank, Part into) {
            into.takeObjects(bytes, starts[rank], lengths[rank]);
        }

        /** Puts all objects where they belong, but for those of one rank. */
        void takeAll(IntFunction<Part> into, int butOf) {
            for (int rank = 0; rank < lengths.length; rank++) {
                if (rank != butOf) {
                    take(rank, into.apply(rank));
                }
            }
        }
    }
}
