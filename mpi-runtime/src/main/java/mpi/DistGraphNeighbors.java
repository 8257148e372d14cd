package mpi;

/** Whom a rank of a distributed graph has edges from and to (MPI 4.1, section 8.5.5). */
public class DistGraphNeighbors {
    final int[] sources;
    final int[] destinations;
    private final int[] sourceWeights;
    private final int[] destinationWeights;
    private final boolean weighted;

    DistGraphNeighbors(
            int[] sources, int[] sourceWeights, int[] destinations, int[] destinationWeights, boolean weighted) {
        this.sources = sources.clone();
        this.sourceWeights = sourceWeights.clone();
        this.destinations = destinations.clone();
        this.destinationWeights = destinationWeights.clone();
        this.weighted = weighted;
    }

    /** The number of edges that end here. */
    public int getInDegree() {
        return sources.length;
    }

    /** The number of edges that begin here. */
    public int getOutDegree() {
        return destinations.length;
    }

    /** Whether weights were given; else they are all 1. */
    public boolean isWeighted() {
        return weighted;
    }

    /** The rank at the other end of the i-th edge that ends here. */
    public int getSource(int i) {
        return sources[i];
    }

    public int getSourceWeight(int i) {
        return sourceWeights[i];
    }

    /** The rank at the other end of the i-th edge that begins here. */
    public int getDestination(int i) {
        return destinations[i];
    }

    public int getDestinationWeight(int i) {
        return destinationWeights[i];
    }
}
