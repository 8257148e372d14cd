package io.muster.mpi.file;

/** What a pointer is moved relative to. */
public enum Whence {
    START,
    POINTER,
    END
}
