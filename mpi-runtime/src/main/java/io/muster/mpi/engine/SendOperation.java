package io.muster.mpi.engine;

/** A send under way. */
public final class SendOperation extends Operation {
    final int destination;
    final long bytes;
    final boolean synchronous;
    int receiverHandle;

    SendOperation(int context, int destination, int tag, Object base, long offset, long bytes, boolean synchronous) {
        this.context = context;
        this.destination = destination;
        this.tag = tag;
        this.base = base;
        this.offset = offset;
        this.bytes = bytes;
        this.synchronous = synchronous;
    }
}
