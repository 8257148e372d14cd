package io.muster.mpi.file;

/**
 * Moves data between a buffer and a file as a view shows it. Positions are bytes of the data of the view; buffers are
 * bases without gaps as {@code Memory} knows them.
 */
sealed interface DataAccess permits IndependentAccess, CollectiveAccess, External32Access {
    void write(long position, Object base, long offset, long bytes);

    /** Returns the bytes read: fewer than {@code bytes} when the file ends before. */
    long read(long position, Object base, long offset, long bytes);
}
