package io.muster.mpi.engine;

import io.muster.mpi.transport.Frame;

/** A message on its way as one of its ends sees it, or other work. Its fields are the engine's until it is done. */
public abstract sealed class Operation permits SendOperation, ReceiveOperation, TaskOperation {
    volatile boolean done;
    boolean cancelled;
    int context;
    int tag;
    Object base = Frame.NOTHING;
    long offset;
    int handle;

    /** Bytes that have gone over the link, and how many there will be. */
    long moved;

    long agreed;

    /** Lets go of the user's buffer. */
    final void forget() {
        base = Frame.NOTHING;
    }

    /** Whether the buffer is the user's again. */
    public boolean done() {
        return done;
    }

    /** Whether it ended by being cancelled. */
    public boolean cancelled() {
        return cancelled;
    }
}
