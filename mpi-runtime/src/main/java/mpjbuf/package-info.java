/**
 * The message buffer of MPJ Express for programs that fill one themselves: sections of typed elements in memory. It
 * knows nothing of ranks; package {@code mpi} sends and receives its static region as {@code MPI.PACKED}.
 */
@NullMarked
package mpjbuf;

import org.jspecify.annotations.NullMarked;
