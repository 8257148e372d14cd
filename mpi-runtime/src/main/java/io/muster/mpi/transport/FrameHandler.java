package io.muster.mpi.transport;

/** Takes what transports deliver. Called by the thread that polls. */
public interface FrameHandler {
    /** A frame from {@code peer}, valid until this returns. May throw {@link BadFrame}. */
    void onFrame(int peer, Frame frame);

    /** A frame from {@code peer} broke the rules; it is not listened to any more. */
    default void onViolation(int peer, String reason) {
        onBroken(peer, reason);
    }

    /** The way to {@code peer} is broken. */
    void onBroken(int peer, String reason);
}
