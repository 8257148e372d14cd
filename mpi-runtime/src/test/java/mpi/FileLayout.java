package mpi;

import io.muster.mpi.buffer.Memory;
import java.lang.reflect.Array;
import java.util.Arrays;

/** Views of ranks that have no byte in common, and a plain model of where their elements lie. */
enum FileLayout {
    /** All see the whole file; each has a range of its own. */
    CONTIGUOUS,
    /** Element for element in turn. */
    STRIPES,
    /** Pairs in turn, behind a header that is no multiple of the type. */
    VECTOR,
    /** Three elements out of eight, in turn, with holes. */
    HOLES;

    private static final int HEADER_BYTES = 13;

    /** Elements that each rank has at most when all see the whole file. */
    private static final int OWN = 1 << 16;

    void set(File file, Intracomm comm, Datatype type, String representation) {
        int ranks = comm.Size();
        int me = comm.Rank();
        int unit = type.getSize();
        switch (this) {
            case CONTIGUOUS -> file.setView(0, type, type, representation);
            case STRIPES -> {
                Datatype one = Datatype.createIndexed(new int[] {1}, new int[] {me}, type);
                file.setView(0, type, Datatype.createResized(one, 0, ranks), representation);
            }
            case VECTOR -> {
                Datatype pairs = Datatype.createVector(3, 2, 2 * ranks, type);
                long disp = HEADER_BYTES + 2L * me * unit;
                file.setView(disp, type, Datatype.createResized(pairs, 0, 6 * ranks), representation);
            }
            case HOLES -> {
                int[] places = {8 * me + 1, 8 * me + 5};
                Datatype three = Datatype.createIndexed(new int[] {2, 1}, places, type);
                file.setView(0, type, Datatype.createResized(three, 0, 8 * ranks), representation);
            }
        }
    }

    /** Where a rank's range begins in its view. */
    long start(int rank) {
        return this == CONTIGUOUS ? (long) rank * OWN : 0;
    }

    /** Where an element of a rank's view lies, in bytes. */
    long place(int rank, int ranks, long element, int unit) {
        return switch (this) {
            case CONTIGUOUS -> element * unit;
            case STRIPES -> (element * ranks + rank) * unit;
            case VECTOR -> {
                long pair = element / 6 * 3 + element % 6 / 2;
                yield HEADER_BYTES + ((pair * ranks + rank) * 2 + element % 2) * unit;
            }
            case HOLES -> {
                long[] places = {1, 2, 5};
                yield ((element / 3 * ranks + rank) * 8 + places[(int) (element % 3)]) * unit;
            }
        };
    }

    /** The bytes of the file when each rank has written {@code values[rank]} at {@code offset} of its range. */
    byte[] bytes(Object[] values, int offset, int unit) {
        byte[] content = new byte[0];
        for (int rank = 0; rank < values.length; rank++) {
            int count = Array.getLength(values[rank]);
            byte[] raw = new byte[count * unit];
            Memory.copy(values[rank], 0, raw, 0, raw.length);
            for (int i = 0; i < count; i++) {
                int at = (int) place(rank, values.length, start(rank) + offset + i, unit);
                content = at + unit > content.length ? Arrays.copyOf(content, at + unit) : content;
                System.arraycopy(raw, i * unit, content, at, unit);
            }
        }
        return content;
    }
}
