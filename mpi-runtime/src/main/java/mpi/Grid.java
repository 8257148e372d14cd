package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;

/** Ranks on a Cartesian grid in row-major order: the last coordinate runs fastest. Pure. */
final class Grid {
    private final int[] dims;
    private final boolean[] periods;

    Grid(int[] dims, boolean[] periods, int ranks) {
        if (dims.length != periods.length) {
            throw new Failure(ErrorClass.DIMS, dims.length + " dims but " + periods.length + " periods");
        }
        this.dims = dims.clone();
        this.periods = periods.clone();
        if (Arrays.stream(dims).anyMatch(dim -> dim <= 0) || size() > ranks) {
            throw new Failure(
                    ErrorClass.DIMS, "dims " + Arrays.toString(dims) + " are no grid of at most " + ranks + " ranks");
        }
    }

    int size() {
        return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }

    int[] dims() {
        return dims.clone();
    }

    boolean[] periods() {
        return periods.clone();
    }

    int[] coordinates(int rank) {
        if (rank < 0 || rank >= size()) {
            throw new Failure(ErrorClass.RANK, "rank " + rank + " is none of 0 to " + (size() - 1));
        }
        int[] coordinates = new int[dims.length];
        int rest = rank;
        for (int i = dims.length - 1; i >= 0; i--) {
            coordinates[i] = rest % dims[i];
            rest /= dims[i];
        }
        return coordinates;
    }

    /** The rank at coordinates, which wrap round in periodic dimensions. */
    int rank(int[] coordinates) {
        int rank = 0;
        for (int i = 0; i < dims.length; i++) {
            boolean outside = coordinates[i] < 0 || coordinates[i] >= dims[i];
            if (outside && !periods[i]) {
                throw new Failure(
                        ErrorClass.ARG,
                        "coordinate " + coordinates[i] + " of dimension " + i + " is none of 0 to " + (dims[i] - 1));
            }
            rank = rank * dims[i] + Math.floorMod(coordinates[i], dims[i]);
        }
        return rank;
    }

    /** The rank {@code distance} steps from {@code rank} along a dimension, or PROC_NULL beyond an edge. */
    int neighbour(int rank, int dimension, int distance) {
        if (dimension < 0 || dimension >= dims.length) {
            throw new Failure(ErrorClass.DIMS, "dimension " + dimension + " is none of 0 to " + (dims.length - 1));
        }
        int[] coordinates = coordinates(rank);
        coordinates[dimension] += distance;
        boolean outside = coordinates[dimension] < 0 || coordinates[dimension] >= dims[dimension];
        return outside && !periods[dimension] ? MPI.PROC_NULL : rank(coordinates);
    }

    /** The grid that is left of the dimensions to keep. */
    Grid sub(boolean[] keep) {
        int kept = 0;
        int[] subDims = new int[dims.length];
        boolean[] subPeriods = new boolean[dims.length];
        for (int i = 0; i < dims.length; i++) {
            if (keep[i]) {
                subDims[kept] = dims[i];
                subPeriods[kept++] = periods[i];
            }
        }
        return new Grid(Arrays.copyOf(subDims, kept), Arrays.copyOf(subPeriods, kept), size());
    }

    /** Fills the zeros of {@code dims} so that the product is {@code ranks} and they are as equal as possible. */
    static void balance(int ranks, int[] dims) {
        int fixed = 1;
        int open = 0;
        for (int dim : dims) {
            if (dim < 0) {
                throw new Failure(ErrorClass.DIMS, "a dimension is negative in " + Arrays.toString(dims));
            }
            fixed *= Math.max(1, dim);
            open += dim == 0 ? 1 : 0;
        }
        if (ranks % fixed != 0 || (open == 0 && fixed != ranks)) {
            throw new Failure(ErrorClass.DIMS, ranks + " ranks cannot be arranged as " + Arrays.toString(dims));
        }
        int[] factors = mostEqual(ranks / fixed, open);
        for (int i = 0, next = 0; i < dims.length; i++) {
            if (dims[i] == 0) {
                dims[i] = factors[next++];
            }
        }
    }

    // The largest factor is as small as can be, and so on for the rest; descending.
    private static int[] mostEqual(int product, int count) {
        int[] factors = new int[count];
        int rest = product;
        for (int i = 0; i < count; i++) {
            int factor = (int) Math.ceil(Math.pow(rest, 1.0 / (count - i)) - 1e-9);
            while (rest % factor != 0) {
                factor++;
            }
            factors[i] = factor;
            rest /= factor;
        }
        Arrays.sort(factors);
        for (int i = 0; i < count / 2; i++) {
            int swapped = factors[i];
            factors[i] = factors[count - 1 - i];
            factors[count - 1 - i] = swapped;
        }
        return factors;
    }
}
