package io.muster.examples.heat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The cells and nothing else, one pixel each, as a portable pixmap (PPM). The same programs in C, Fortran and Python
 * draw it too, byte for byte.
 */
final class PlainPicture {

    /** Even steps from the coldest to the warmest start; colours between them are mixed. */
    private static final int[] COLOURS =
            IntStream.rangeClosed(0, 9).map(i -> ColourMap.colour(i / 9.0)).toArray();

    private static final int INSULATION = 0x1c212b;

    private PlainPicture() {}

    /** Whether a file of this name gets a plain picture. */
    static boolean isMeant(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".ppm");
    }

    /**
     * Draws a plate.
     *
     * @param start the plate before the first step, whose range the colours span: heat never leaves it
     * @param celsius the temperatures to draw
     */
    static byte[] ppm(Plate start, double[] celsius) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < celsius.length; i++) {
            if (start.kinds()[i] != Plate.INSULATES) {
                low = Math.min(low, start.celsius()[i]);
                high = Math.max(high, start.celsius()[i]);
            }
        }
        double span = high > low ? high - low : 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                "P6\n%d %d\n255\n".formatted(start.width(), start.height()).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < celsius.length; i++) {
            boolean insulates = start.kinds()[i] == Plate.INSULATES;
            int colour = insulates ? INSULATION : colour((celsius[i] - low) / span);
            out.write(colour >> 16);
            out.write(colour >> 8);
            out.write(colour);
        }
        return out.toByteArray();
    }

    private static int colour(double place) {
        double at = Math.clamp(place, 0, 1) * (COLOURS.length - 1);
        int below = Math.min((int) at, COLOURS.length - 2);
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = COLOURS[below] >> shift & 0xff;
            int to = COLOURS[below + 1] >> shift & 0xff;
            colour |= (int) (from + (at - below) * (to - from) + 0.5) << shift;
        }
        return colour;
    }
}
