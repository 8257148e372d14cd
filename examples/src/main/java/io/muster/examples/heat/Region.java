package io.muster.examples.heat;

/**
 * A rectangle of cells of the plate.
 *
 * @param x first column
 * @param y first row
 * @param width columns
 * @param height rows
 */
record Region(int x, int y, int width, int height) {

    int cells() {
        return width * height;
    }

    /** This region and a frame of cells around it. */
    Region grownBy(int cells) {
        return new Region(x - cells, y - cells, width + 2 * cells, height + 2 * cells);
    }
}
