package io.muster.mpi.collective;

/** A byte range of a base that goes to, or comes from, one other rank. */
public record Piece(Object base, long offset, long bytes) {}
