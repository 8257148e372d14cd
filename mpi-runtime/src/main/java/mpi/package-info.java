/**
 * The MPI API of both Java dialects, mpiJava 1.2 as MPJ Express has it and the Open MPI Java bindings: thin doors to
 * one implementation in {@code io.muster.mpi}. Errors throw {@link mpi.MPIException}, in both dialects, unless the
 * program has chosen an error handler that ends the job. Elements outside of a buffer throw {@link
 * ArrayIndexOutOfBoundsException} in calls of the bindings, whose names are lower-case.
 *
 * <p>Not supported yet, by chapter of MPI 4.1: subarrays and distributed arrays (5); persistent collective operations
 * (6); data representations of a program's own (14.5.3).
 */
@NullMarked
package mpi;

import org.jspecify.annotations.NullMarked;
