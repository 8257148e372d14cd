package io.muster.mpi.collective;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Reduction;

/**
 * A reduction on elements of one type.
 *
 * @param reduction how two ranges are combined
 * @param type what they consist of
 * @param width elements that belong together, such as the two of a value and index pair
 * @param commutative whether operands may change places
 */
public record Folding(Reduction reduction, ElementType type, int width, boolean commutative) {
    int elementBytes() {
        return type.sizeBytes();
    }
}
