/**
 * The MPI API of both Java dialects, mpiJava 1.2 as MPJ Express has it and the Open MPI Java bindings: thin doors to
 * one implementation in {@code io.muster.mpi}. Errors throw {@link mpi.MPIException}, in both dialects.
 *
 * <p>Not supported yet, by chapter of MPI 4.1: subarrays and distributed arrays, pack, reductions of {@code MPI.OBJECT}
 * (5); non-blocking, neighbourhood and w-variant collectives, reduce-scatter, exscan (6); intercommunicators,
 * attributes, set operations on groups (7); graph topologies (8); error handlers that abort, info (9, 10); dynamic
 * processes (11); one-sided communication (12); files (14); and the constants that only these need.
 */
@NullMarked
package mpi;

import org.jspecify.annotations.NullMarked;
