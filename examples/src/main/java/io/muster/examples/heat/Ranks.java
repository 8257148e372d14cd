package io.muster.examples.heat;

/**
 * What the solver needs from the other ranks. All methods but {@link #startExchange} block until the others take part;
 * every rank calls them in the same order.
 */
interface Ranks {

    int rank();

    int size();

    /**
     * Starts sending the edges of this rank's tile and receiving those of its neighbours. Does not block; both sets of
     * buffers belong to the exchange until {@link #finishExchange} returns.
     *
     * @param outgoing cells to send, by the index of {@link Side}
     * @param incoming where the neighbour's cells arrive; untouched on a side without neighbour
     */
    void startExchange(double[][] outgoing, double[][] incoming);

    /** Waits until the exchange that was started is complete. */
    void finishExchange();

    /** The largest value of all ranks, on all ranks. */
    double max(double mine);

    /** The sum of the values of all ranks, on all ranks. */
    long sum(long mine);

    /**
     * Collects the tiles on rank 0.
     *
     * @param mine this rank's cells, row by row
     * @param cells how many cells each rank has
     * @return the tiles by rank on rank 0, nothing on the others
     */
    double[][] gather(double[] mine, int[] cells);
}
