/**
 * Parallel files (MPI 4.1, chapter 14): views, explicit, individual and shared file pointers, collective access in two
 * phases, atomic mode. It uses {@code engine}, {@code collective} and {@code buffer}, and a window of {@code onesided}
 * for the shared pointer and the locks of atomic mode; it knows nothing of the API above.
 *
 * <p>The nodes of the ranks must share the file system of the file. What a network file system caches on a node is seen
 * on others as that file system promises, at the latest after {@code sync} on both.
 *
 * <p>Not supported: data representations of a program's own (14.5.3); holes below the end of the file are not filled by
 * {@code preallocate}; hints are remembered and change nothing.
 */
@NullMarked
package io.muster.mpi.file;

import org.jspecify.annotations.NullMarked;
