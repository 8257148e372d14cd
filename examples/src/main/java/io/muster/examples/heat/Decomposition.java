package io.muster.examples.heat;

import java.util.ArrayList;
import java.util.List;

/**
 * How a plate is cut into {@code rows × columns} tiles, one a rank, ranks counted row by row as in a Cartesian
 * communicator. Tiles of a row or column differ by one cell at most.
 *
 * @param width cells in a row of the plate
 * @param height rows of the plate
 * @param rows rows of tiles
 * @param columns columns of tiles
 */
record Decomposition(int width, int height, int rows, int columns) {

    /** Below this a tile has no inside to compute while its halo travels. */
    static final int SMALLEST_TILE = 2;

    /**
     * The cut for a number of ranks that has the shortest borders, so that the least data travels.
     *
     * @throws BadInput when the plate is too small for so many ranks
     */
    static Decomposition of(int width, int height, int ranks) throws BadInput {
        List<Decomposition> cuts = new ArrayList<>();
        for (int rows = 1; rows <= ranks; rows++) {
            Decomposition cut = new Decomposition(width, height, rows, ranks / rows);
            if (ranks % rows == 0 && height / rows >= SMALLEST_TILE && width / cut.columns >= SMALLEST_TILE) {
                cuts.add(cut);
            }
        }
        return cuts.stream()
                .reduce((a, b) -> b.borderCells() < a.borderCells() ? b : a)
                .orElseThrow(() -> new BadInput("A plate of " + width + " × " + height + " cells cannot be cut into "
                        + ranks + " tiles of at least " + SMALLEST_TILE + " × " + SMALLEST_TILE
                        + " cells. Take fewer ranks or a larger --size."));
    }

    private long borderCells() {
        return (long) (rows - 1) * width + (long) (columns - 1) * height;
    }

    int ranks() {
        return rows * columns;
    }

    /** The cells that a rank computes. */
    Region tile(int rank) {
        int row = rank / columns;
        int column = rank % columns;
        int x = first(column, columns, width);
        int y = first(row, rows, height);
        return new Region(x, y, first(column + 1, columns, width) - x, first(row + 1, rows, height) - y);
    }

    private static int first(int part, int parts, int cells) {
        return (int) ((long) part * cells / parts);
    }
}
