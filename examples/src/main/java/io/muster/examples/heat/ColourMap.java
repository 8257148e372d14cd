package io.muster.examples.heat;

/**
 * Temperature as colour, from night blue over violet and orange to pale yellow. Lightness rises evenly, so equal
 * differences look equal and the picture also reads in grey.
 */
final class ColourMap {

    private static final int STEPS = 1024;

    /** Lightness, green–red and blue–yellow of Oklab, at even distances. */
    private static final double[][] POINTS = {
        {0.17, 0.005, -0.055},
        {0.27, 0.035, -0.115},
        {0.37, 0.095, -0.125},
        {0.47, 0.150, -0.065},
        {0.56, 0.175, 0.010},
        {0.65, 0.160, 0.090},
        {0.74, 0.105, 0.140},
        {0.83, 0.035, 0.155},
        {0.92, -0.020, 0.130},
        {0.985, -0.015, 0.055},
    };

    private static final int[] COLOURS = colours();

    private ColourMap() {}

    /** The colour for a place between coldest (0) and warmest (1), as {@code 0xRRGGBB}. */
    static int colour(double place) {
        return COLOURS[(int) Math.round(Math.clamp(place, 0, 1) * (STEPS - 1))];
    }

    private static int[] colours() {
        int[] colours = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double at = (double) i / (STEPS - 1) * (POINTS.length - 1);
            int point = Math.min((int) at, POINTS.length - 2);
            double[] lab = new double[3];
            for (int k = 0; k < lab.length; k++) {
                lab[k] = curve(point, at - point, k);
            }
            colours[i] = rgb(lab[0], lab[1], lab[2]);
        }
        return colours;
    }

    /** Catmull–Rom: through the points, without corners in the colour. */
    private static double curve(int point, double t, int k) {
        double b = POINTS[point][k];
        double c = POINTS[point + 1][k];
        double a = point > 0 ? POINTS[point - 1][k] : 2 * b - c;
        double d = point + 2 < POINTS.length ? POINTS[point + 2][k] : 2 * c - b;
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    /** Oklab to sRGB, as Björn Ottosson defines it. */
    private static int rgb(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
                | channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
                | channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static int channel(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.clamp(value, 0, 1));
    }
}
