package io.muster.mpi.engine;

import org.jspecify.annotations.Nullable;

/** A receive under way, and afterwards what came: source and tag of the message and the bytes that were stored. */
public final class ReceiveOperation extends Operation {
    int source;
    long capacity;

    int actualSource;
    int actualTag;
    long size;

    // Position in the matcher's queue of posted receives.
    @Nullable
    ReceiveOperation previous;

    @Nullable
    ReceiveOperation next;

    long sequence;

    ReceiveOperation set(int context, int source, int tag, Object base, long offset, long capacity) {
        this.context = context;
        this.source = source;
        this.tag = tag;
        this.base = base;
        this.offset = offset;
        this.capacity = capacity;
        done = false;
        cancelled = false;
        moved = 0;
        agreed = 0;
        size = 0;
        return this;
    }

    /** World rank of the sender. */
    public int actualSource() {
        return actualSource;
    }

    public int actualTag() {
        return actualTag;
    }

    /** Bytes stored; less than were sent when the message was truncated. */
    public long storedBytes() {
        return Math.min(size, capacity);
    }

    /** Whether the message was longer than the buffer. */
    public boolean truncated() {
        return size > capacity;
    }

    /** Bytes that the sender sent. */
    public long sentBytes() {
        return size;
    }
}
