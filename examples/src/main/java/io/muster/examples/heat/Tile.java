package io.muster.examples.heat;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cells of one rank with a halo of one cell around them, and the step that advances them in time.
 *
 * <p>A step is {@link #pack}, then {@link #advanceInside} while the edges travel, then {@link #unpack} and
 * {@link #advanceRim}, then {@link #swap}. A cell's new value depends on its own and its neighbours' values alone and
 * is computed by the same operations in whichever tile it lies, so results are the same for every number of ranks, bit
 * for bit.
 */
final class Tile {

    private final int width;
    private final int height;
    private final double ratio;

    /** Which of the four neighbours conduct, for every cell with halo; {@link #KEEP} for cells that never change. */
    private final byte[][] open;

    /** Columns of cells that lack a neighbour, and runs of cells that never change (first, end, first, end …). */
    private final int[][] edges;

    private final int[][] kept;
    private double[][] now;
    private double[][] next;
    private final double[] west;
    private final double[] east;
    private final double[][] outgoing = new double[Side.values().length][];
    private final double[][] incoming = new double[Side.values().length][];

    private static final byte KEEP = 0;
    private static final byte ALL_OPEN = 0b1111;

    /**
     * A tile over a part of a plate.
     *
     * @param part the tile's cells and a frame of one cell around them
     * @param ratio time step × diffusivity ÷ cell size²; stable up to 1/4
     */
    Tile(Plate part, double ratio) {
        this.width = part.width() - 2;
        this.height = part.height() - 2;
        this.ratio = ratio;
        this.now = new double[height + 2][width + 2];
        this.open = new byte[height + 2][width + 2];
        this.edges = new int[height + 2][];
        this.kept = new int[height + 2][];
        this.west = new double[width + 2];
        this.east = new double[width + 2];
        for (int y = 0; y < height + 2; y++) {
            readRow(part, y);
        }
        this.next = new double[height + 2][];
        Arrays.setAll(next, y -> now[y].clone());
        for (Side side : Side.values()) {
            int cells = side.down == 0 ? height : width;
            outgoing[side.index] = new double[cells];
            incoming[side.index] = new double[cells];
        }
    }

    private void readRow(Plate part, int y) {
        System.arraycopy(part.celsius(), y * part.width(), now[y], 0, part.width());
        if (y >= 1 && y <= height) {
            for (int x = 1; x <= width; x++) {
                open[y][x] = part.kind(x, y) == Plate.CONDUCTS ? openSides(part, x, y) : KEEP;
            }
        }
        edges[y] = IntStream.rangeClosed(1, width)
                .filter(x -> open[y][x] != KEEP && open[y][x] != ALL_OPEN)
                .toArray();
        kept[y] = IntStream.rangeClosed(1, width + 1)
                .filter(x -> keeps(y, x) != keeps(y, x - 1))
                .toArray();
    }

    private boolean keeps(int y, int x) {
        return x >= 1 && x <= width && open[y][x] == KEEP;
    }

    private static byte openSides(Plate part, int x, int y) {
        int sides = 0;
        for (Side side : Side.values()) {
            if (part.kind(x + side.right, y + side.down) != Plate.INSULATES) {
                sides |= 1 << side.index;
            }
        }
        return (byte) sides;
    }

    /** Copies the cells at the four sides into {@link #outgoing}. */
    void pack() {
        System.arraycopy(now[1], 1, outgoing[Side.NORTH.index], 0, width);
        System.arraycopy(now[height], 1, outgoing[Side.SOUTH.index], 0, width);
        for (int y = 1; y <= height; y++) {
            outgoing[Side.WEST.index][y - 1] = now[y][1];
            outgoing[Side.EAST.index][y - 1] = now[y][width];
        }
    }

    /** Copies the cells that arrived in {@link #incoming} into the halo. */
    void unpack() {
        System.arraycopy(incoming[Side.NORTH.index], 0, now[0], 1, width);
        System.arraycopy(incoming[Side.SOUTH.index], 0, now[height + 1], 1, width);
        for (int y = 1; y <= height; y++) {
            now[y][0] = incoming[Side.WEST.index][y - 1];
            now[y][width + 1] = incoming[Side.EAST.index][y - 1];
        }
    }

    /** Cells for the neighbours, by the index of {@link Side}; valid after {@link #pack}. */
    double[][] outgoing() {
        return outgoing;
    }

    /** Where the neighbours' cells are put before {@link #unpack}. */
    double[][] incoming() {
        return incoming;
    }

    /** Computes the next value of all cells that do not touch the halo. */
    void advanceInside() {
        for (int y = 2; y < height; y++) {
            advanceRow(y, 2, width);
        }
    }

    /** Computes the next value of the cells that touch the halo. */
    void advanceRim() {
        advanceRow(1, 1, width + 1);
        if (height > 1) {
            advanceRow(height, 1, width + 1);
        }
        for (int y = 2; y < height; y++) {
            next[y][1] = advanced(y, 1);
            next[y][width] = advanced(y, width);
        }
    }

    /** Makes the values just computed the present ones. */
    void swap() {
        double[][] old = now;
        now = next;
        next = old;
    }

    /** Takes the whole row as if every neighbour conducted, then puts right the few cells where this is not so. */
    private void advanceRow(int y, int from, int to) {
        double[] middle = now[y];
        double[] result = next[y];
        System.arraycopy(middle, from - 1, west, from, to - from);
        System.arraycopy(middle, from + 1, east, from, to - from);
        advanceOpen(west, east, now[y - 1], middle, now[y + 1], result, from, to, ratio);
        int[] runs = kept[y];
        for (int i = 0; i < runs.length; i += 2) {
            int first = Math.max(runs[i], from);
            int end = Math.min(runs[i + 1], to);
            if (first < end) {
                System.arraycopy(middle, first, result, first, end - first);
            }
        }
        for (int x : edges[y]) {
            if (x >= from && x < to) {
                result[x] = advanced(y, x);
            }
        }
    }

    /**
     * The inner loop. The compiler turns it into vector instructions only because every array is read at the index that
     * is written: with {@code middle[x - 1]} it could not rule out that result and middle are the same array. Two
     * copies a row, which stay in the first cache, buy a factor of two to three.
     */
    private static void advanceOpen(
            double[] west,
            double[] east,
            double[] north,
            double[] middle,
            double[] south,
            double[] result,
            int from,
            int to,
            double ratio) {
        for (int x = from; x < to; x++) {
            double t = middle[x];
            result[x] = t + ratio * ((west[x] + east[x]) + (north[x] + south[x]) - 4 * t);
        }
    }

    private double advanced(int y, int x) {
        double t = now[y][x];
        byte sides = open[y][x];
        return switch (sides) {
            case KEEP -> t;
            case ALL_OPEN -> t + ratio * ((now[y][x - 1] + now[y][x + 1]) + (now[y - 1][x] + now[y + 1][x]) - 4 * t);
            default ->
                t
                        + ratio
                                * ((flow(sides, Side.WEST, now[y][x - 1] - t)
                                                + flow(sides, Side.EAST, now[y][x + 1] - t))
                                        + (flow(sides, Side.NORTH, now[y - 1][x] - t)
                                                + flow(sides, Side.SOUTH, now[y + 1][x] - t)));
        };
    }

    private static double flow(byte sides, Side side, double difference) {
        return (sides >> side.index & 1) == 1 ? difference : 0;
    }

    /** The largest change of a cell in the step just computed, in °C; call before {@link #swap}. */
    double largestChange() {
        double largest = 0;
        for (int y = 1; y <= height; y++) {
            double[] before = now[y];
            double[] after = next[y];
            for (int x = 1; x <= width; x++) {
                largest = Math.max(largest, Math.abs(after[x] - before[x]));
            }
        }
        return largest;
    }

    /** The present temperatures in °C, row by row, without halo. */
    double[] cells() {
        double[] cells = new double[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(now[y + 1], 1, cells, y * width, width);
        }
        return cells;
    }
}
