package io.muster.examples.heat;

import java.awt.image.BufferedImage;

/**
 * Pixels to draw on, with soft edges.
 *
 * <p>Colours are {@code 0xRRGGBB}. It draws by itself and not with {@code Graphics2D}, which
 * wants font libraries that a bare node lacks.
 */
final class Canvas {

    private final BufferedImage image;

    Canvas(int width, int height, int colour) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour);
            }
        }
    }

    /** The pixels; drawing goes on in the same image. */
    BufferedImage image() {
        return image;
    }

    /** Lays a colour over a pixel; outside of the canvas nothing happens. */
    void blend(int x, int y, int colour, double opacity) {
        if (x >= 0 && y >= 0 && x < image.getWidth() && y < image.getHeight() && opacity > 0) {
            image.setRGB(x, y, mix(image.getRGB(x, y), colour, Math.min(1, opacity)));
        }
    }

    /** A colour between two others. */
    static int mix(int from, int to, double part) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * part) << shift;
        }
        return mixed;
    }

    void fill(int x, int y, int width, int height, int colour, double opacity) {
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                blend(column, row, colour, opacity);
            }
        }
    }

    /** Draws connected lines with round ends; points are {@code {x, y}} in pixels. */
    void stroke(double[][] points, double pen, int colour, double opacity) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (double[] point : points) {
            left = Math.min(left, point[0]);
            right = Math.max(right, point[0]);
            top = Math.min(top, point[1]);
            bottom = Math.max(bottom, point[1]);
        }
        for (int y = (int) (top - pen - 1); y <= bottom + pen + 1; y++) {
            for (int x = (int) (left - pen - 1); x <= right + pen + 1; x++) {
                double distance = distance(points, x + 0.5, y + 0.5);
                blend(x, y, colour, opacity * Math.clamp(pen / 2 + 0.5 - distance, 0, 1));
            }
        }
    }

    private static double distance(double[][] points, double x, double y) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < points.length; i++) {
            double dx = points[i + 1][0] - points[i][0];
            double dy = points[i + 1][1] - points[i][1];
            double length = Math.max(1e-9, dx * dx + dy * dy);
            double along = Math.clamp(((x - points[i][0]) * dx + (y - points[i][1]) * dy) / length, 0, 1);
            nearest = Math.min(nearest, Math.hypot(x - points[i][0] - along * dx, y - points[i][1] - along * dy));
        }
        return nearest;
    }
}
