package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.engine.Failure;

/** Parts of reductions that several operations have in common. */
final class Reductions {
    private Reductions() {}

    /** The elements of an area in an array of its primitive type. */
    static Object copy(Area area, Datatype type) {
        Object array = type.element.newArray((int) (area.bytes() / type.element.sizeBytes()));
        Memory.copy(area.base(), area.offset(), array, 0, area.bytes());
        return array;
    }

    /** Where the elements of each rank begin when they lie one after the other, and how many there are in all. */
    static int[] starts(int[] counts, int ranks) {
        int[] starts = new int[ranks + 1];
        for (int rank = 0; rank < ranks; rank++) {
            starts[rank + 1] = Math.addExact(starts[rank], counts[rank]);
        }
        return starts;
    }

    /** Sets one buffer to what the operation makes of both. */
    static void local(Object inbuf, Object inoutbuf, int count, Datatype type, Op op) {
        try {
            Folding folding = op.on(type);
            Area result = Area.of(inoutbuf, 0, count, type);
            Object left = Reductions.copy(Area.of(inbuf, 0, count, type), type);
            Object right = Reductions.copy(result, type);
            folding.reduction().apply(left, 0, right, 0, count * type.width);
            Memory.copy(right, 0, result.base(), result.offset(), result.bytes());
        } catch (Failure e) {
            throw new MPIException(e.errorClass(), "reduceLocal(" + count + ", " + type + "): " + e.getMessage(), e);
        }
    }
}
