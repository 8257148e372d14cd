package io.muster.examples.heat;

import java.util.function.IntBinaryOperator;

/**
 * The plate at the resolution of a picture: temperatures between the cells, soft borders, isolines.
 *
 * <p>Coordinates are pixels from the top left of the plate.
 */
final class PlateView {

    private static final int HATCHING = 0x4a5261;
    private static final int INSULATION = 0x1c212b;
    private static final int OUTLINE = 0xf4f1ea;
    private static final int LINE_ON_DARK = 0xffffff;
    private static final int LINE_ON_LIGHT = 0x3a1020;
    private static final int HATCH_DISTANCE = 7;

    private final Scale scale;
    private final int width;
    private final int height;
    private final double[] celsius;
    private final double[] open;
    private final double[] held;
    private final double[] outside;

    PlateView(Plate plate, Scale scale, int longerSide) {
        double pixelsPerCell = (double) longerSide / Math.max(plate.width(), plate.height());
        this.scale = scale;
        this.width = Math.max(1, (int) Math.round(plate.width() * pixelsPerCell));
        this.height = Math.max(1, (int) Math.round(plate.height() * pixelsPerCell));
        this.celsius = new double[width * height];
        this.open = new double[width * height];
        this.held = new double[width * height];
        this.outside = new double[width * height];
        SoftPlate soft = new SoftPlate(plate);
        for (int pixel = 0; pixel < celsius.length; pixel++) {
            int row = pixel / width;
            double x = (pixel - row * width + 0.5) / pixelsPerCell - 0.5;
            double y = (row + 0.5) / pixelsPerCell - 0.5;
            celsius[pixel] = soft.celsius(x, y);
            open[pixel] = soft.open(x, y);
            held[pixel] = soft.held(x, y);
            outside[pixel] = soft.outside(x, y);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Draws the plate with its top left corner at a point of the canvas; outside of its shape the canvas stays. */
    void draw(Canvas canvas, int left, int top) {
        IntBinaryOperator filling = (x, y) -> Math.floorMod(x + y, HATCH_DISTANCE) < 2 ? HATCHING : INSULATION;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = y * width + x;
                double covered = Math.clamp(0.5 - distance(open, x, y, 0.5), 0, 1);
                if (outside[pixel] < 0.5) {
                    canvas.blend(left + x, top + y, filling.applyAsInt(x, y), 1);
                }
                if (covered > 0 && !Double.isNaN(celsius[pixel])) {
                    canvas.blend(left + x, top + y, surface(x, y), covered);
                }
            }
        }
    }

    private int surface(int x, int y) {
        int pixel = y * width + x;
        double place = scale.place(celsius[pixel]);
        int colour = ColourMap.colour(place);
        if (held[pixel] < 0.5) {
            colour = Canvas.mix(colour, place > 0.62 ? LINE_ON_LIGHT : LINE_ON_DARK, isoline(x, y));
        }
        // Where a heater ends at insulation there is a border already.
        boolean border = open[pixel] > 0.95;
        double outline = border ? Math.clamp(1.15 - Math.abs(distance(held, x, y, 0.5)), 0, 1) : 0;
        return Canvas.mix(colour, OUTLINE, 0.7 * outline);
    }

    /** How strongly an isoline covers a pixel; lines that would stand too close fade out. */
    private double isoline(int x, int y) {
        double slope = slope(celsius, x, y);
        double fine = scale.step() / Scale.FINE;
        double value = celsius[y * width + x];
        double level = Math.rint(value / fine) * fine;
        boolean labelled = Math.abs(level / scale.step() - Math.rint(level / scale.step())) < 1e-6;
        if (slope <= fine / 400) {
            return 0;
        }
        double distance = Math.abs(value - level) / slope;
        double pixelsApart = fine / slope;
        return labelled
                ? 0.65 * Math.clamp(1.25 - distance, 0, 1) * Math.clamp(pixelsApart / 1.5, 0, 1)
                : 0.30 * Math.clamp(1 - distance, 0, 1) * Math.clamp((pixelsApart - 2) / 5, 0, 1);
    }

    /** How many pixels a place lies from the line where a field has a level; positive where the field is lower. */
    private double distance(double[] field, int x, int y, double level) {
        return (level - field[y * width + x]) / Math.max(1e-3, slope(field, x, y));
    }

    private double slope(double[] field, int x, int y) {
        return Math.hypot(slope(field, x, y, 1, 0), slope(field, x, y, 0, 1));
    }

    private double slope(double[] field, int x, int y, int right, int down) {
        int beforeX = Math.max(0, x - right);
        int beforeY = Math.max(0, y - down);
        int afterX = Math.min(width - 1, x + right);
        int afterY = Math.min(height - 1, y + down);
        double difference = field[afterY * width + afterX] - field[beforeY * width + beforeX];
        return Double.isNaN(difference) ? 0 : difference / Math.max(1, afterX - beforeX + afterY - beforeY);
    }
}
