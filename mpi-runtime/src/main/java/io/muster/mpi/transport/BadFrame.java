package io.muster.mpi.transport;

/** A frame that breaks the rules of the protocol; whoever sent it is not listened to any more. Says what is wrong. */
public final class BadFrame extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadFrame(String message) {
        super(message);
    }
}
