package mpi;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Memory;
import io.muster.mpi.collective.Folding;
import org.jspecify.annotations.Nullable;

/**
 * The array in which a reduction works: the result buffer itself when it is an array of the type, else a copy. It
 * starts as the operand, and {@link #finish} brings the result where it belongs.
 */
record Operand(
        Object array,
        int at,
        int count,
        ElementType type,
        @Nullable Area result) {
    @SuppressWarnings("ReferenceEquality") // asks whether two areas are the same memory
    static Operand of(Area operand, @Nullable Area result, Folding folding) {
        ElementType type = folding.type();
        int count = (int) (operand.bytes() / type.sizeBytes());
        if (result != null && type.isArray(result.base())) {
            if (operand.base() != result.base() || operand.offset() != result.offset()) {
                Memory.copy(operand.base(), operand.offset(), result.base(), result.offset(), operand.bytes());
            }
            return new Operand(result.base(), (int) (result.offset() / type.sizeBytes()), count, type, null);
        }
        Object array = type.newArray(count);
        Memory.copy(operand.base(), operand.offset(), array, 0, operand.bytes());
        return new Operand(array, 0, count, type, result);
    }

    void finish() {
        if (result != null) {
            Memory.copy(array, 0, result.base(), result.offset(), (long) count * type.sizeBytes());
        }
    }
}
