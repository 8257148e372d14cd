package io.muster.mpi.buffer;

/**
 * Combines two ranges of elements: {@code inOut[i] = in[i] op inOut[i]}. Offsets are in elements; both arguments are
 * arrays of the element type.
 */
@FunctionalInterface
public interface Reduction {
    void apply(Object in, int inOffset, Object inOut, int inOutOffset, int count);
}
