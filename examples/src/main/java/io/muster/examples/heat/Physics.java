package io.muster.examples.heat;

/**
 * What turns cells and steps into metres and seconds.
 *
 * @param diffusivity of the material, in m²/s
 * @param longerSide of the plate, in m
 * @param ratio time step × diffusivity ÷ cell size²; stable up to 1/4
 */
record Physics(double diffusivity, double longerSide, double ratio) {

    /** An aluminium plate of 24 cm with a time step at four fifths of the stable one. */
    static final Physics ALUMINIUM = new Physics(9.7e-5, 0.24, 0.2);

    /** Seconds that one step takes on a plate whose longer side has so many cells. */
    double stepSeconds(int cells) {
        double cellSize = longerSide / cells;
        return ratio * cellSize * cellSize / diffusivity;
    }
}
