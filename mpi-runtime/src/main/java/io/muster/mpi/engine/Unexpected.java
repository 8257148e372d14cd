package io.muster.mpi.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A message that came before its receive: whole, or only announced and still at the sender. */
final class Unexpected {
    final int context;
    final int source;
    final int tag;
    final long size;
    final int senderHandle;

    /** The message, or null when it waits at the sender. */
    final @Nullable MemorySegment payload;

    @Nullable
    Unexpected previousOfSource;

    @Nullable
    Unexpected nextOfSource;

    @Nullable
    Unexpected previous;

    @Nullable
    Unexpected next;

    Unexpected(int context, int source, int tag, long size, int senderHandle, @Nullable MemorySegment payload) {
        this.context = context;
        this.source = source;
        this.tag = tag;
        this.size = size;
        this.senderHandle = senderHandle;
        this.payload = payload;
    }
}
