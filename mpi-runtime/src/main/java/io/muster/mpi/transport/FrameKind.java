package io.muster.mpi.transport;

/** What a frame is for; its position, from 1 on, is on the wire, so new kinds are added at the end. */
public enum FrameKind {
    /** A whole message. */
    EAGER,
    /** A message of {@code size} bytes waits at the sender under {@code senderHandle}. */
    READY_TO_SEND,
    /** The receive under {@code receiverHandle} takes {@code size} bytes of the send under {@code senderHandle}. */
    CLEAR_TO_SEND,
    /** Bytes from position {@code size} on for the receive under {@code receiverHandle}. */
    FRAGMENT,
    /** The receiver has taken {@code size} bytes of eager messages off its hands. */
    CREDIT,
    /** The peer has left MPI in order and sends nothing more. */
    GOODBYE;

    private static final FrameKind[] ALL = values();

    static FrameKind of(int code) {
        if (code < 1 || code > ALL.length) {
            throw new BadFrame("a frame of kind " + code);
        }
        return ALL[code - 1];
    }

    @SuppressWarnings("EnumOrdinal") // the position is the code
    int code() {
        return ordinal() + 1;
    }
}
