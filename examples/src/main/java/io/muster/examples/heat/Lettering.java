package io.muster.examples.heat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters made of pen strokes, so that a picture has text on a machine that has neither fonts nor a font library.
 */
final class Lettering {

    /** Height of a capital in the units of the glyphs. */
    private static final double CAPITAL = 6;

    private static final double GAP = 1.35;
    private static final double SPACE = 2.4;
    private static final int ROUNDINGS = 4;
    private static final Map<Character, Glyph> GLYPHS = readGlyphs();

    private Lettering() {}

    private record Glyph(double width, List<double[][]> strokes) {}

    /** How wide a text will be, in pixels, where a capital is {@code height} pixels high. */
    static double width(String text, double height) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            width += advance(c);
        }
        return Math.max(0, width - GAP) * height / CAPITAL;
    }

    /** Draws a text whose base line starts at a point. A character without glyph shows as a question mark. */
    static void draw(Canvas canvas, String text, double x, double baseLine, double height, int colour) {
        double scale = height / CAPITAL;
        double pen = Math.max(1.1, height * 0.115);
        double left = x;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c != ' ') {
                for (double[][] stroke : glyph(c).strokes()) {
                    double[][] placed = new double[stroke.length][];
                    for (int i = 0; i < stroke.length; i++) {
                        placed[i] = new double[] {left + stroke[i][0] * scale, baseLine - stroke[i][1] * scale};
                    }
                    canvas.stroke(placed, pen, colour, 1);
                }
            }
            left += advance(c) * scale;
        }
    }

    private static double advance(char c) {
        return c == ' ' ? SPACE : glyph(c).width() + GAP;
    }

    private static Glyph glyph(char c) {
        Glyph unknown = GLYPHS.get('?');
        Glyph glyph = GLYPHS.getOrDefault(c, unknown);
        if (glyph == null) {
            throw new IllegalStateException("The glyphs lack '?'.");
        }
        return glyph;
    }

    private static Map<Character, Glyph> readGlyphs() {
        try (InputStream stream = Lettering.class.getResourceAsStream("glyphs.txt")) {
            if (stream == null) {
                throw new IllegalStateException("This build lacks glyphs.txt.");
            }
            Map<Character, Glyph> glyphs = new HashMap<>();
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
                String[] parts = line.split(" ", 3);
                List<double[][]> strokes = new ArrayList<>();
                for (String stroke : parts[2].split(";")) {
                    strokes.add(stroke(stroke));
                }
                glyphs.put(line.charAt(0), new Glyph(Double.parseDouble(parts[1]), strokes));
            }
            return glyphs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[][] stroke(String text) {
        boolean open = text.startsWith("~");
        boolean closed = text.startsWith("o");
        String[] points = text.substring(open || closed ? 1 : 0).split(" ");
        double[][] stroke = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            String[] point = points[i].split(",");
            stroke[i] = new double[] {Double.parseDouble(point[0]), Double.parseDouble(point[1])};
        }
        for (int i = 0; i < ROUNDINGS && (open || closed); i++) {
            stroke = rounded(stroke, closed && i == 0 ? Ends.JOIN : Ends.KEEP);
        }
        return stroke;
    }

    private enum Ends {
        KEEP,
        JOIN
    }

    /** Cuts every corner at a quarter of its edges; repeated, this nears a smooth curve. */
    private static double[][] rounded(double[][] points, Ends ends) {
        List<double[]> result = new ArrayList<>();
        boolean join = ends == Ends.JOIN;
        int edges = join ? points.length : points.length - 1;
        if (!join) {
            result.add(points[0]);
        }
        for (int i = 0; i < edges; i++) {
            double[] a = points[i];
            double[] b = points[(i + 1) % points.length];
            if (join || i > 0) {
                result.add(between(a, b, 0.25));
            }
            if (join || i < edges - 1) {
                result.add(between(a, b, 0.75));
            }
        }
        if (join) {
            double[] first = result.getFirst();
            result.add(between(first, result.getLast(), 0.5));
            result.addFirst(result.getLast());
        } else {
            result.add(points[points.length - 1]);
        }
        return result.toArray(double[][]::new);
    }

    private static double[] between(double[] a, double[] b, double part) {
        return new double[] {a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part};
    }
}
