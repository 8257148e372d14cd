package mpi;

import io.muster.mpi.engine.Communicator;
import org.jspecify.annotations.Nullable;

/** A communicator whose ranks lie on a grid, with the names of the Open MPI Java bindings. */
public class CartComm extends Cartcomm {
    CartComm(@Nullable Communicator core, String name, Grid grid) {
        super(core, name, grid);
    }

    /** Grid, periods and this rank's coordinates. */
    public CartParms getTopo() {
        return Get();
    }

    /** The rank at coordinates; periodic ones wrap round. */
    public int getRank(int[] coords) {
        return Rank(coords);
    }

    /** The coordinates of a rank. */
    public int[] getCoords(int rank) {
        return Coords(rank);
    }

    /** The ranks to receive from and send to for a shift along a dimension; PROC_NULL beyond an edge. */
    public ShiftParms shift(int direction, int disp) {
        return Shift(direction, disp);
    }

    /** The grid of the dimensions to keep that this rank lies in. All ranks call it. */
    public CartComm sub(boolean[] remainDims) {
        return subgrid(remainDims);
    }

    @Override
    public CartComm Sub(boolean[] remainDims) {
        return subgrid(remainDims);
    }

    /** The rank that would suit this process on a grid. */
    public int map(int[] dims, boolean[] periods) {
        return Map(dims, periods);
    }

    /** Fills the zeros of {@code dims} so that {@code nnodes} ranks lie on a grid as square as possible. */
    public static void createDims(int nnodes, int[] dims) {
        Dims_create(nnodes, dims);
    }

    @Override
    public CartComm dup() {
        return dup(null);
    }

    @Override
    public CartComm dupWithInfo(Info info) {
        return dup(info);
    }

    @Override
    public CartComm iDup() {
        return startDup(new CartComm(null, label() + ".dup", grid));
    }

    @Override
    public CartComm clone() {
        return dup();
    }
}
