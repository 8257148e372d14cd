package io.muster.mpi.transport;

import java.util.Map;

/** A way to some of the peers. One thread at a time calls it. */
public interface Transport extends AutoCloseable {
    /** The links of this transport by world rank. */
    Map<Integer, Link> links();

    /** Delivers what has arrived and pushes what waits; returns how much it did, 0 when there was nothing. */
    int poll(FrameHandler handler);

    /**
     * Waits until something may have arrived, at most {@code nanos}. Other threads may poll meanwhile.
     *
     * @return false when this transport cannot wait for arrivals, and did not
     */
    boolean park(long nanos);

    /** Whether everything that was taken has left this process. */
    boolean flushed();

    @Override
    void close();
}
