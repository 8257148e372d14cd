package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;

/**
 * Reductions of objects by operations of the program: every rank gets the operands of all, and makes what it needs of
 * them in rank order. The operation may change the objects that it is given, which are copies.
 */
record ObjectReductions(ObjectCollectives objects, int rank, int size) {
    /** What all ranks make together. */
    Object[] all(Part operand, Op op) {
        return folded(operands(operand, op), size, operand.count(), op);
    }

    /** What ranks 0 to before {@code end} make together; there is at least one. */
    Object[] upTo(int end, Part operand, Op op) {
        return folded(operands(operand, op), end, operand.count(), op);
    }

    /** Puts objects of a result into the place of the result. */
    static void put(Object[] result, int from, Part place) {
        Object[] target = ObjectReceive.into(place.buffer(), place.offset(), place.count())
                .objects();
        System.arraycopy(result, from, target, place.offset(), place.count());
    }

    private Object[][] operands(Part operand, Op op) {
        if (op.isPredefined()) {
            throw new Failure(ErrorClass.OP, "operation " + op + " is not defined on objects; give one of your own");
        }
        Object[][] rows = new Object[size][operand.count()];
        objects.allgather(operand, row -> new Part(rows[row], 0, operand.count(), operand.type()));
        return rows;
    }

    private static Object[] folded(Object[][] operands, int end, int count, Op op) {
        Object[] result = operands[end - 1];
        for (int row = end - 2; row >= 0; row--) {
            op.combine(operands[row], result, count);
        }
        return Arrays.copyOf(result, count);
    }
}
