package io.muster.mpi.engine;

import io.muster.mpi.transport.Frame;

/** A send under way. */
public final class SendOperation extends Operation {
    /** What every send is that was done when it was started. */
    public static final SendOperation DONE = alreadyDone();

    /** When a send is done. */
    public enum Mode {
        /** When the buffer may be used again. */
        STANDARD,
        /** When a receive has matched, too. */
        SYNCHRONOUS
    }

    int destination;
    long bytes;
    Mode mode = Mode.STANDARD;
    int receiverHandle;

    SendOperation set(int context, int destination, int tag, Object base, long offset, long bytes, Mode mode) {
        this.context = context;
        this.destination = destination;
        this.tag = tag;
        this.base = base;
        this.offset = offset;
        this.bytes = bytes;
        this.mode = mode;
        done = false;
        moved = 0;
        agreed = 0;
        return this;
    }

    private static SendOperation alreadyDone() {
        SendOperation send = new SendOperation().set(0, 0, 0, Frame.NOTHING, 0, 0, Mode.STANDARD);
        send.done = true;
        return send;
    }
}
