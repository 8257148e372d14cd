package io.muster.mpi.onesided;

/** How a rank locks the window of a target (MPI 4.1, section 12.5.3). */
public enum LockKind {
    EXCLUSIVE,
    SHARED
}
