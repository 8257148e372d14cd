package io.muster.examples.heat;

import java.util.Arrays;

/**
 * A plate of {@code width × height} square cells: what each cell is and how warm it is.
 *
 * <p>Cells are stored row by row from the top left. The edge of the plate lets no heat through.
 *
 * @param width cells in a row
 * @param height rows
 * @param celsius temperature of every cell in °C; the plate owns the array
 * @param kinds one of {@link #CONDUCTS}, {@link #HELD}, {@link #INSULATES} for every cell; the plate owns the array
 */
@SuppressWarnings("ArrayRecordComponent")
record Plate(int width, int height, double[] celsius, byte[] kinds) {

    /** The cell's temperature follows its neighbours. */
    static final byte CONDUCTS = 0;

    /** A heater or cooler: the cell keeps its temperature, its neighbours feel it. */
    static final byte HELD = 1;

    /** No heat enters or leaves the cell. */
    static final byte INSULATES = 2;

    Plate {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A plate has at least one cell, not " + width + " × " + height + ".");
        }
        if (celsius.length != width * height || kinds.length != celsius.length) {
            throw new IllegalArgumentException("A plate of " + width + " × " + height + " cells got " + celsius.length
                    + " temperatures and " + kinds.length + " kinds.");
        }
    }

    /** A plate that conducts everywhere and has one temperature. */
    static Plate uniform(int width, int height, double celsius) {
        double[] temperatures = new double[width * height];
        Arrays.fill(temperatures, celsius);
        return new Plate(width, height, temperatures, new byte[width * height]);
    }

    double celsius(int x, int y) {
        return celsius[y * width + x];
    }

    byte kind(int x, int y) {
        return kinds[y * width + x];
    }

    /** The size of this plate when its longer side is cut into {@code cells}, as a region from the top left. */
    Region sizeFor(int cells) {
        int longer = Math.max(width, height);
        return new Region(0, 0, scaled(width, cells, longer), scaled(height, cells, longer));
    }

    /** In whole numbers, so that every language rounds alike. */
    private static int scaled(int side, int cells, int longer) {
        return (int) Math.max(1, (2L * side * cells + longer) / (2L * longer));
    }

    /**
     * A part of this plate cut into other cells, each of which takes its nearest old one.
     *
     * @param whole the whole plate in new cells
     * @param part the new cells wanted; those outside of the plate insulate
     */
    Plate cut(Region whole, Region part) {
        double[] newCelsius = new double[part.cells()];
        byte[] newKinds = new byte[part.cells()];
        for (int y = 0; y < part.height(); y++) {
            int oldY = nearest(part.y() + y, whole.height(), height);
            for (int x = 0; x < part.width(); x++) {
                int oldX = nearest(part.x() + x, whole.width(), width);
                int cell = y * part.width() + x;
                boolean outside = oldX < 0 || oldY < 0 || oldX >= width || oldY >= height;
                newCelsius[cell] = outside ? 0 : celsius(oldX, oldY);
                newKinds[cell] = outside ? INSULATES : kind(oldX, oldY);
            }
        }
        return new Plate(part.width(), part.height(), newCelsius, newKinds);
    }

    private static int nearest(int cell, int cells, int oldCells) {
        return (int) Math.floorDiv((2L * cell + 1) * oldCells, 2L * cells);
    }

    /** The same cells with other temperatures. */
    Plate withCelsius(double[] other) {
        return new Plate(width, height, other, kinds);
    }
}
