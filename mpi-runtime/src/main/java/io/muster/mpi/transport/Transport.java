package io.muster.mpi.transport;

import java.util.Map;

/** A way to some of the peers. One thread at a time calls it. */
public interface Transport extends AutoCloseable {
    /** The links of this transport by world rank. */
    Map<Integer, Link> links();

    /** Delivers what has arrived and pushes what waits; returns how much it did, 0 when there was nothing. */
    int poll(FrameHandler handler);

    /** From now on the rank's {@link Doorbell} is rung for what arrives; the caller polls once more, then sleeps. */
    default void fallAsleep() {}

    /** The rank polls again by itself. */
    default void awake() {}

    /** Whether everything that was taken has left this process. */
    boolean flushed();

    @Override
    void close();
}
