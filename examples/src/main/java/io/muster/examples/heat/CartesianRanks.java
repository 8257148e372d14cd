package io.muster.examples.heat;

import java.util.ArrayList;
import java.util.List;
import mpi.Cartcomm;
import mpi.Intracomm;
import mpi.MPI;
import mpi.Request;
import mpi.ShiftParms;

/** The other ranks by MPI: a Cartesian communicator whose neighbours trade their edges without blocking. */
final class CartesianRanks implements Ranks {

    private static final int EDGE_TAG = 1;
    private static final int TILE_TAG = 2;

    private final Cartcomm grid;
    private final int[] neighbours = new int[Side.values().length];
    private final List<Request> requests = new ArrayList<>();

    /** Blocks until all ranks of the communicator, one a tile, have called it. */
    CartesianRanks(Intracomm world, Decomposition decomposition) {
        int[] dimensions = {decomposition.rows(), decomposition.columns()};
        this.grid = world.Create_cart(dimensions, new boolean[2], false);
        ShiftParms vertical = grid.Shift(0, 1);
        ShiftParms horizontal = grid.Shift(1, 1);
        neighbours[Side.NORTH.index] = vertical.rank_source;
        neighbours[Side.SOUTH.index] = vertical.rank_dest;
        neighbours[Side.WEST.index] = horizontal.rank_source;
        neighbours[Side.EAST.index] = horizontal.rank_dest;
    }

    @Override
    public int rank() {
        return grid.Rank();
    }

    @Override
    public int size() {
        return grid.Size();
    }

    @Override
    public void startExchange(double[][] outgoing, double[][] incoming) {
        for (int side = 0; side < neighbours.length; side++) {
            if (neighbours[side] != MPI.PROC_NULL) {
                double[] cells = incoming[side];
                requests.add(grid.Irecv(cells, 0, cells.length, MPI.DOUBLE, neighbours[side], EDGE_TAG));
            }
        }
        for (int side = 0; side < neighbours.length; side++) {
            if (neighbours[side] != MPI.PROC_NULL) {
                double[] cells = outgoing[side];
                requests.add(grid.Isend(cells, 0, cells.length, MPI.DOUBLE, neighbours[side], EDGE_TAG));
            }
        }
    }

    @Override
    public void finishExchange() {
        Request.Waitall(requests.toArray(Request[]::new));
        requests.clear();
    }

    @Override
    public double max(double mine) {
        double[] all = new double[1];
        grid.Allreduce(new double[] {mine}, 0, all, 0, 1, MPI.DOUBLE, MPI.MAX);
        return all[0];
    }

    @Override
    public long sum(long mine) {
        long[] all = new long[1];
        grid.Allreduce(new long[] {mine}, 0, all, 0, 1, MPI.LONG, MPI.SUM);
        return all[0];
    }

    @Override
    public double[][] gather(double[] mine, int[] cells) {
        if (rank() > 0) {
            grid.Send(mine, 0, mine.length, MPI.DOUBLE, 0, TILE_TAG);
            return new double[0][];
        }
        double[][] tiles = new double[cells.length][];
        tiles[0] = mine;
        for (int rank = 1; rank < cells.length; rank++) {
            tiles[rank] = new double[cells[rank]];
            grid.Recv(tiles[rank], 0, cells[rank], MPI.DOUBLE, rank, TILE_TAG);
        }
        return tiles;
    }
}
