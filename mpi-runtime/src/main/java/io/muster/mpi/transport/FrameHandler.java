package io.muster.mpi.transport;

/** Takes what transports deliver. Called by the thread that polls. */
public interface FrameHandler {
    /** A frame from {@code peer}; valid until this returns. */
    void onFrame(int peer, Frame frame);

    /** The way to {@code peer} is broken. */
    void onBroken(int peer, String reason);
}
