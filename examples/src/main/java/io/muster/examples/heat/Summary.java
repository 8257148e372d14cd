package io.muster.examples.heat;

/**
 * The temperatures of the cells that do not insulate, in one view.
 *
 * @param coldest in °C
 * @param mean in °C
 * @param warmest in °C
 */
record Summary(double coldest, double mean, double warmest) {

    /** 2⁻²⁴ °C: fine enough for a mean, coarse enough for 2²⁹ cells at 1000 °C in a long. */
    private static final double UNIT = 0x1p-24;

    /**
     * Takes the summary of the whole plate; every rank calls it and gets the same.
     *
     * @param celsius this rank's cells
     * @param kinds what they are
     */
    static Summary of(double[] celsius, byte[] kinds, Ranks ranks) {
        double coldest = Double.POSITIVE_INFINITY;
        double warmest = Double.NEGATIVE_INFINITY;
        // Whole numbers add up to the same in every order, so the mean does not depend on the number of ranks.
        long units = 0;
        long cells = 0;
        for (int i = 0; i < celsius.length; i++) {
            if (kinds[i] != Plate.INSULATES) {
                coldest = Math.min(coldest, celsius[i]);
                warmest = Math.max(warmest, celsius[i]);
                units += Math.round(celsius[i] / UNIT);
                cells++;
            }
        }
        double allColdest = -ranks.max(-coldest);
        double allWarmest = ranks.max(warmest);
        long allCells = ranks.sum(cells);
        return new Summary(allColdest, ranks.sum(units) * UNIT / Math.max(1, allCells), allWarmest);
    }
}
