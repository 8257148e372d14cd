package io.muster.mpi.engine;

/** A message that can be received: world rank of its sender, tag and length in bytes. */
public record Arrival(int source, int tag, long bytes) {}
