package io.muster.mpi.transport;

import java.util.Map;

/** A way to some of the peers. One thread at a time calls it. */
public interface Transport extends AutoCloseable {
    /** The links of this transport by world rank. */
    Map<Integer, Link> links();

    /** Delivers what has arrived and pushes what waits; returns how much it did, 0 when there was nothing. */
    int poll(FrameHandler handler);

    /** Whether {@link #poll} enters the kernel: then it is done less often. */
    default boolean costly() {
        return false;
    }

    /** The rank is about to sleep at its {@link Doorbell}: it has to ring also when there is room for what waits. */
    default void fallAsleep() {}

    /** Whether everything that was taken has left this process. */
    boolean flushed();

    @Override
    void close();
}
