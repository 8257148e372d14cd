package mpi;

import java.util.ArrayList;
import java.util.List;

/** What the matrix tests go through: every type at small sizes, the limits of the protocols where they matter. */
final class Matrix {
    private static final int EAGER_LIMIT_BYTES = 16 << 10;
    private static final int LARGE_BYTES = 140_000;

    private Matrix() {}

    /** One type and count. */
    record Cell(Datatype type, int count) {}

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Datatype type : TypedArrays.TYPES) {
            for (int count : new int[] {0, 1, 7}) {
                cells.add(new Cell(type, count));
            }
        }
        for (int bytes : new int[] {EAGER_LIMIT_BYTES - 1, EAGER_LIMIT_BYTES, EAGER_LIMIT_BYTES + 1, LARGE_BYTES}) {
            cells.add(new Cell(MPI.BYTE, bytes));
        }
        cells.add(new Cell(MPI.BOOLEAN, EAGER_LIMIT_BYTES + 1));
        cells.add(new Cell(MPI.INT, LARGE_BYTES / 4 + 1));
        cells.add(new Cell(MPI.DOUBLE, EAGER_LIMIT_BYTES / 8));
        cells.add(new Cell(MPI.DOUBLE, LARGE_BYTES / 8));
        return cells;
    }
}
