package mpi;

/**
 * Whom a rank gets parts from and sends parts to in a neighbourhood collective operation (MPI 4.1, section 8.6).
 *
 * @param sources in the order of the parts of the receive buffer; {@code MPI.PROC_NULL} is nobody
 * @param destinations in the order of the parts of the send buffer
 * @param matching the order in which sources are matched with what they send, where one of them is several neighbours
 */
@SuppressWarnings("ArrayRecordComponent") // made for one communicator and never changed
record Neighbours(int[] sources, int[] destinations, int[] matching) {
    /** Ranks that are neighbours several times are matched in their order. */
    static Neighbours inOrder(int[] sources, int[] destinations) {
        int[] matching = new int[sources.length];
        for (int i = 0; i < matching.length; i++) {
            matching[i] = i;
        }
        return new Neighbours(sources, destinations, matching);
    }
}
