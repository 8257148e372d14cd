package io.muster.mpi.onesided;

/** What all ranks of a window know of one rank's part: its bytes, and the bytes that a displacement counts in. */
public record Part(long sizeBytes, int unitBytes) {}
