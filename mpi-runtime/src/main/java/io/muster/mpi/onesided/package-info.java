/**
 * One-sided communication (MPI 4.1, chapter 12): windows whose memory other ranks read and write, directly where they
 * share it, else by requests that a thread of the target serves; locks, epochs and atomic updates.
 */
@NullMarked
package io.muster.mpi.onesided;

import org.jspecify.annotations.NullMarked;
