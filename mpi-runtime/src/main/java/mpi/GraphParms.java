package mpi;

/** A graph topology (MPI 4.1, section 8.5.3): neighbours of node i are the edges from index i-1 to before index i. */
public class GraphParms {
    public int[] index = {};
    public int[] edges = {};

    public GraphParms() {}

    GraphParms(int[] index, int[] edges) {
        this.index = index.clone();
        this.edges = edges.clone();
    }

    public int getIndexCount() {
        return index.length;
    }

    public int getIndex(int i) {
        return index[i];
    }

    public int getEdgeCount() {
        return edges.length;
    }

    public int getEdge(int i) {
        return edges[i];
    }
}
