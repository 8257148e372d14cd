package io.muster.mpi.transport;

/** The way to one peer: frames arrive there in the order in which they were taken here. */
public interface Link {
    /** Takes a frame, copying its payload, or refuses it for now because there is no room; never blocks. */
    boolean offer(Frame frame);

    /** The longest payload that {@link #offer} can ever take, in bytes; a multiple of 64. */
    int maxPayload();

    /** Whether the peer sees this link end and must be told before that this is in order: it was used. */
    default boolean awaitsGoodbye() {
        return false;
    }
}
