package io.muster.examples.heat;

/**
 * The temperatures that the colours span, with round ends.
 *
 * @param low where the colours begin, in °C
 * @param high where they end, in °C
 * @param step from one labelled isoline to the next, in °C
 */
record Scale(double low, double high, double step) {

    /** Thin isolines between two labelled ones. */
    static final int FINE = 4;

    /** The scale of a plate; heat never leaves the range in which it starts, so one scale serves all pictures. */
    static Scale of(Plate plate) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < plate.kinds().length; i++) {
            if (plate.kinds()[i] != Plate.INSULATES) {
                low = Math.min(low, plate.celsius()[i]);
                high = Math.max(high, plate.celsius()[i]);
            }
        }
        double span = high > low ? high - low : 1;
        double decade = Math.pow(10, Math.floor(Math.log10(span / 4)));
        double step = span / decade > 40 ? 10 * decade : span / decade > 16 ? 5 * decade : 2 * decade;
        double first = low <= high ? Math.floor(low / step) * step : 0;
        double last = low <= high ? Math.ceil(high / step) * step : step;
        return new Scale(first, Math.max(last, first + step), step);
    }

    double place(double celsius) {
        return (celsius - low) / (high - low);
    }
}
