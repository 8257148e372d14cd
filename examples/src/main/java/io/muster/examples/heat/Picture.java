package io.muster.examples.heat;

import java.awt.image.BufferedImage;
import java.util.Locale;

/** The result as people look at it: title, plate, colour bar, and below how it was computed. */
final class Picture {

    private static final int PAPER = 0x12151c;
    private static final int TEXT = 0xf1ede4;
    private static final int QUIET_TEXT = 0x9aa3b2;
    private static final int PLATE_SIDE = 720;
    private static final int MARGIN = 48;
    private static final int HEAD = 118;
    private static final int FOOT = 40;
    private static final int BAR_WIDTH = 24;
    private static final int BAR_GAP = 32;
    private static final int BAR_LABELS = 76;
    private static final int TITLE = 23;
    private static final int SMALL = 12;

    private Picture() {}

    /**
     * What is written above the plate.
     *
     * @param title what is shown
     * @param details how it was computed
     */
    record Caption(String title, String details) {}

    /**
     * Draws a plate.
     *
     * @param cut shown as small ticks on the frame where one rank's tile ends and the next begins
     */
    static BufferedImage draw(Plate plate, Scale scale, Caption caption, Decomposition cut) {
        PlateView view = new PlateView(plate, scale, PLATE_SIDE);
        int width = 2 * MARGIN + view.width() + BAR_GAP + BAR_WIDTH + BAR_LABELS - MARGIN / 2;
        Canvas canvas = new Canvas(width, HEAD + view.height() + FOOT, PAPER);
        double titleHeight = Math.min(TITLE, TITLE * (width - 2.0 * MARGIN) / Lettering.width(caption.title(), TITLE));
        double smallHeight =
                Math.min(SMALL, SMALL * (width - 2.0 * MARGIN) / Lettering.width(caption.details(), SMALL));
        Lettering.draw(canvas, caption.title(), MARGIN, 58, titleHeight, TEXT);
        Lettering.draw(canvas, caption.details(), MARGIN, 90, smallHeight, QUIET_TEXT);
        view.draw(canvas, MARGIN, HEAD);
        drawCuts(canvas, view, cut);
        drawBar(canvas, scale, MARGIN + view.width() + BAR_GAP, view.height());
        return canvas.image();
    }

    private static void drawCuts(Canvas canvas, PlateView view, Decomposition cut) {
        for (int column = 1; column < cut.columns(); column++) {
            int x = MARGIN + Math.round((float) cut.tile(column).x() * view.width() / cut.width());
            canvas.fill(x, HEAD - 9, 1, 6, QUIET_TEXT, 1);
            canvas.fill(x, HEAD + view.height() + 3, 1, 6, QUIET_TEXT, 1);
        }
        for (int row = 1; row < cut.rows(); row++) {
            int y = HEAD + Math.round((float) cut.tile(row * cut.columns()).y() * view.height() / cut.height());
            canvas.fill(MARGIN - 9, y, 6, 1, QUIET_TEXT, 1);
            canvas.fill(MARGIN + view.width() + 3, y, 6, 1, QUIET_TEXT, 1);
        }
    }

    private static void drawBar(Canvas canvas, Scale scale, int left, int height) {
        for (int y = 0; y < height; y++) {
            canvas.fill(left, HEAD + y, BAR_WIDTH, 1, ColourMap.colour(1 - (y + 0.5) / height), 1);
        }
        int ticks = (int) Math.round((scale.high() - scale.low()) / scale.step());
        for (int tick = 0; tick <= ticks; tick++) {
            double celsius = scale.low() + tick * scale.step();
            double y = HEAD + (1 - scale.place(celsius)) * height;
            canvas.fill(left + BAR_WIDTH + 4, (int) Math.clamp(y, HEAD, HEAD + height - 1.0), 6, 1, QUIET_TEXT, 1);
            String label = number(celsius) + (tick == ticks ? " °C" : "");
            Lettering.draw(canvas, label, left + BAR_WIDTH + 16.0, y + SMALL / 2.0, SMALL, TEXT);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
