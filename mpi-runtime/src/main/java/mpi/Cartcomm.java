package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A communicator whose ranks lie on a grid (MPI 4.1, section 8.5). Upper-case names are those of mpiJava. */
public class Cartcomm extends Intracomm {
    final Grid grid;

    Cartcomm(@Nullable Communicator core, String name, Grid grid) {
        super(core, name);
        this.grid = grid;
    }

    /** The rank at coordinates; periodic ones wrap round. */
    public int Rank(int[] coords) {
        try {
            return grid.rank(coords);
        } catch (Failure e) {
            throw raise("Rank", Arrays.toString(coords), e);
        }
    }

    /** The coordinates of a rank. */
    public int[] Coords(int rank) {
        try {
            return grid.coordinates(rank);
        } catch (Failure e) {
            throw raise("Coords", "rank=" + rank, e);
        }
    }

    /** The ranks to receive from and send to for a shift along a dimension; PROC_NULL beyond an edge. */
    public ShiftParms Shift(int direction, int disp) {
        try {
            int me = core().rank();
            return new ShiftParms(grid.neighbour(me, direction, -disp), grid.neighbour(me, direction, disp));
        } catch (Failure e) {
            throw raise("Shift", "direction=" + direction + ", disp=" + disp, e);
        }
    }

    /** Grid, periods and this rank's coordinates. */
    public CartParms Get() {
        return new CartParms(grid.dims(), grid.periods(), grid.coordinates(core().rank()));
    }

    /** The grid of the dimensions to keep that this rank lies in. All ranks call it. */
    public Cartcomm Sub(boolean[] remain_dims) {
        return subgrid(remain_dims);
    }

    final CartComm subgrid(boolean[] keep) {
        int[] mine = grid.coordinates(core().rank());
        int[] dims = grid.dims();
        int color = 0;
        for (int i = 0; i < dims.length; i++) {
            color = keep[i] ? color : color * dims[i] + mine[i];
        }
        return inheriting(
                new CartComm(Splitting.split(core(), color, core().rank()), label() + ".sub", grid.sub(keep)));
    }

    /** The rank that would suit this process on a grid; its own, because nothing is reordered. */
    public int Map(int[] dims, boolean[] periods) {
        return new Grid(dims, periods, core().size()).size() > core().rank() ? core().rank() : MPI.UNDEFINED;
    }

    @Override
    public int getTopology() {
        return MPI.CART;
    }

    @Override
    public Cartcomm dup() {
        return dup(null);
    }

    final CartComm dup(@Nullable Info info) {
        return copied(new CartComm(duplicated("dup"), label() + ".dup", grid), info);
    }

    /** In each dimension the rank before this one and the one behind it. */
    @Override
    Neighbours neighbours(String call) {
        int me = core().rank();
        int[] ranks = new int[2 * grid.dims().length];
        int[] matching = new int[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = grid.neighbour(me, i / 2, i % 2 == 0 ? -1 : 1);
            // Where one rank is both, what it sends forward is what comes from behind.
            matching[i] = i ^ 1;
        }
        return new Neighbours(ranks, ranks, matching);
    }

    @Override
    public Cartcomm clone() {
        return dup();
    }

    /** Fills the zeros of {@code dims} so that {@code nnodes} ranks lie on a grid as square as possible. */
    public static void Dims_create(int nnodes, int[] dims) {
        String before = Arrays.toString(dims);
        try {
            Grid.balance(nnodes, dims);
        } catch (Failure e) {
            throw new MPIException(e.errorClass(), "Dims_create(" + nnodes + ", " + before + "): " + e.getMessage(), e);
        }
    }
}
