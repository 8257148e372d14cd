package io.muster.mpi.transport;

import java.lang.foreign.MemorySegment;

/**
 * One frame on its way out of or into a rank: a view that is filled again and again, so that messages need no
 * allocation. A handler must copy what it wants to keep before it returns.
 */
public final class Frame {
    /** Placeholder of a frame without payload. */
    public static final Object NOTHING = MemorySegment.NULL;

    public FrameKind kind = FrameKind.GOODBYE;
    public int context;
    public int tag;
    public long size;
    public int senderHandle;
    public int receiverHandle;

    /** Where the payload lies: a primitive array or a memory segment. */
    public Object base = NOTHING;

    /** First byte of the payload in {@link #base}. */
    public long offset;

    /** Bytes of payload. */
    public int length;

    /** Makes this a frame without payload. */
    public Frame control(FrameKind kind, long size, int senderHandle, int receiverHandle) {
        this.kind = kind;
        this.context = 0;
        this.tag = 0;
        this.size = size;
        this.senderHandle = senderHandle;
        this.receiverHandle = receiverHandle;
        return payload(NOTHING, 0, 0);
    }

    /** Makes this the first frame of a message. */
    public Frame message(FrameKind kind, int context, int tag, long size, int senderHandle) {
        this.kind = kind;
        this.context = context;
        this.tag = tag;
        this.size = size;
        this.senderHandle = senderHandle;
        this.receiverHandle = 0;
        return payload(NOTHING, 0, 0);
    }

    /** Sets the payload. */
    public Frame payload(Object base, long offset, int length) {
        this.base = base;
        this.offset = offset;
        this.length = length;
        return this;
    }
}
