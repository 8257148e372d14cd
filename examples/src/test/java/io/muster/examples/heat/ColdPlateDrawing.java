package io.muster.examples.heat;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws the input of the heat example: the cold plate of a server board. Two processors, memory, voltage converters and
 * drives heat it, a coolant channel winds between them, slots and screw holes stop the heat.
 */
final class ColdPlateDrawing {

    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;
    private static final double CHANNEL = 30;
    private static final double INLET_CELSIUS = 8;
    private static final double OUTLET_CELSIUS = 34;

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    private final Graphics2D pen = image.createGraphics();

    private ColdPlateDrawing() {}

    /** Writes the picture to the path given. */
    public static void main(String[] args) throws IOException {
        ImageIO.write(draw(), "png", Path.of(args[0]).toFile());
    }

    static BufferedImage draw() {
        ColdPlateDrawing drawing = new ColdPlateDrawing();
        drawing.board();
        drawing.channel();
        drawing.parts();
        drawing.slots();
        drawing.pen.dispose();
        return drawing.image;
    }

    private void board() {
        Area board = new Area(new RoundRectangle2D.Double(14, 14, WIDTH - 28, HEIGHT - 28, 72, 72));
        board.subtract(new Area(new RoundRectangle2D.Double(432, HEIGHT - 40, 160, 60, 24, 24)));
        board.subtract(new Area(new RoundRectangle2D.Double(-20, 342, 58, 84, 24, 24)));
        board.subtract(new Area(new RoundRectangle2D.Double(WIDTH - 38, 342, 58, 84, 24, 24)));
        pen.setColor(new Color(77, 77, 77));
        pen.fill(board);
    }

    private void channel() {
        Path2D way = new Path2D.Double();
        way.moveTo(62, HEIGHT + 20);
        way.lineTo(62, 250);
        way.curveTo(62, 200, 84, 178, 134, 178);
        way.lineTo(440, 178);
        way.curveTo(490, 178, 512, 200, 512, 250);
        way.lineTo(512, 518);
        way.curveTo(512, 568, 534, 590, 584, 590);
        way.lineTo(890, 590);
        way.curveTo(940, 590, 962, 568, 962, 518);
        way.lineTo(962, -20);
        channelAlong(way);
    }

    private void channelAlong(Path2D way) {
        double length = length(way);
        PathIterator path = new FlatteningPathIterator(way.getPathIterator(null), 0.2);
        double[] at = new double[6];
        double done = 0;
        double lastX = 0;
        double lastY = 0;
        while (!path.isDone()) {
            int kind = path.currentSegment(at);
            if (kind == PathIterator.SEG_LINETO) {
                double step = Math.hypot(at[0] - lastX, at[1] - lastY);
                int dots = (int) Math.ceil(step);
                for (int i = 0; i < dots; i++) {
                    double part = (double) i / dots;
                    double celsius = INLET_CELSIUS + (OUTLET_CELSIUS - INLET_CELSIUS) * (done + step * part) / length;
                    double x = lastX + (at[0] - lastX) * part;
                    double y = lastY + (at[1] - lastY) * part;
                    hold(new Ellipse2D.Double(x - CHANNEL / 2, y - CHANNEL / 2, CHANNEL, CHANNEL), celsius);
                }
                done += step;
            }
            lastX = at[0];
            lastY = at[1];
            path.next();
        }
    }

    private static double length(Path2D way) {
        double length = 0;
        double[] at = new double[6];
        double lastX = 0;
        double lastY = 0;
        PathIterator path = new FlatteningPathIterator(way.getPathIterator(null), 0.2);
        for (; !path.isDone(); path.next()) {
            if (path.currentSegment(at) == PathIterator.SEG_LINETO) {
                length += Math.hypot(at[0] - lastX, at[1] - lastY);
            }
            lastX = at[0];
            lastY = at[1];
        }
        return length;
    }

    private void parts() {
        part(212, 309, 150, 150, 14, 96);
        part(662, 309, 150, 150, 14, 92);
        for (int stick = 0; stick < 3; stick++) {
            for (int bank : new int[] {106, 406, 556, 856}) {
                part(bank + 24 * stick, 272, 11, 224, 5, 58 + 4 * stick);
            }
        }
        for (int converter = 0; converter < 7; converter++) {
            part(136 + 48 * converter, 84, 28, 28, 5, 86 - 3 * Math.abs(converter - 3));
            part(586 + 48 * converter, 84, 28, 28, 5, 82 - 3 * Math.abs(converter - 3));
        }
        for (int drive = 0; drive < 3; drive++) {
            part(136 + 116 * drive, 590, 92, 34, 6, 64 + 3 * drive);
        }
        part(716, 650, 56, 56, 8, 80);
        part(620, 664, 28, 28, 5, 70);
        part(840, 664, 28, 28, 5, 70);
    }

    /** Where the plate is cut through. */
    private void slots() {
        pen.setComposite(AlphaComposite.Clear);
        pen.setStroke(new BasicStroke(9, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int centre : new int[] {287, 737}) {
            for (int side = -1; side <= 1; side += 2) {
                pen.draw(new Line2D.Double(centre + side * 98, 326, centre + side * 98, 442));
                hole(centre + side * 92, 280, 11);
                hole(centre + side * 92, 488, 11);
            }
        }
        for (int fin = 0; fin < 9; fin++) {
            pen.draw(new Line2D.Double(136 + 38 * fin, 672, 136 + 38 * fin, HEIGHT));
            pen.draw(new Line2D.Double(584 + 38 * fin, 0, 584 + 38 * fin, 50));
        }
        for (int x : new int[] {112, 465, 559, 912}) {
            hole(x, 228, 9);
            hole(x, 540, 9);
        }
    }

    private void hole(double x, double y, double radius) {
        pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void part(double x, double y, double width, double height, double corner, double celsius) {
        hold(new RoundRectangle2D.Double(x, y, width, height, corner, corner), celsius);
    }

    /** A colour between pure blue (0 °C) and pure red (100 °C). */
    private void hold(Shape shape, double celsius) {
        int red = (int) Math.round(255 * celsius / 100);
        pen.setColor(new Color(red, 0, 255 - red));
        pen.fill(shape);
    }
}
