package io.muster.examples.heat;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A plate prepared for drawing: borders without stairs, temperatures that reach a little beyond them, and which cells
 * lie outside of the plate's shape.
 */
final class SoftPlate {

    private static final double BLUR = 0.6;

    private final Plate plate;
    private final double[] open;
    private final double[] held;
    private final double[] celsius;
    private final double[] outside;

    SoftPlate(Plate plate) {
        this.plate = plate;
        int cells = plate.kinds().length;
        double[] conducts = new double[cells];
        double[] holds = new double[cells];
        for (int i = 0; i < cells; i++) {
            conducts[i] = plate.kinds()[i] == Plate.INSULATES ? 0 : 1;
            holds[i] = plate.kinds()[i] == Plate.HELD ? 1 : 0;
        }
        this.open = blurred(conducts);
        this.held = blurred(holds);
        this.celsius = spread();
        this.outside = outside();
    }

    /** How much of a place conducts, 0 to 1; coordinates are cells, whole numbers are their centres. */
    double open(double x, double y) {
        return between(open, x, y);
    }

    /** How much of a place is a heater or cooler, 0 to 1. */
    double held(double x, double y) {
        return between(held, x, y);
    }

    /** How much of a place lies outside of the plate's shape, 0 to 1. */
    double outside(double x, double y) {
        return between(outside, x, y);
    }

    /** The temperature of a place in °C, or NaN far inside of insulation. */
    double celsius(double x, double y) {
        return between(celsius, x, y);
    }

    private double between(double[] field, double x, double y) {
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < 4; k++) {
            int cellX = (int) Math.floor(x) + k % 2;
            int cellY = (int) Math.floor(y) + k / 2;
            double weight = (1 - Math.abs(x - cellX)) * (1 - Math.abs(y - cellY));
            double value = field[at(cellX, cellY)];
            if (!Double.isNaN(value)) {
                sum += weight * value;
                weights += weight;
            }
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }

    private int at(int x, int y) {
        return Math.clamp(y, 0, plate.height() - 1) * plate.width() + Math.clamp(x, 0, plate.width() - 1);
    }

    private double[] blurred(double[] field) {
        double[] result = new double[field.length];
        for (int y = 0; y < plate.height(); y++) {
            for (int x = 0; x < plate.width(); x++) {
                double sum = 0;
                for (int k = 0; k < 9; k++) {
                    int right = k % 3 - 1;
                    int down = k / 3 - 1;
                    sum += field[at(x + right, y + down)] * (2 - Math.abs(right)) * (2 - Math.abs(down)) / 16;
                }
                result[at(x, y)] = sum * BLUR + field[at(x, y)] * (1 - BLUR);
            }
        }
        return result;
    }

    /** Gives insulating cells at a border the mean of their neighbours. */
    private double[] spread() {
        double[] result = new double[plate.kinds().length];
        for (int y = 0; y < plate.height(); y++) {
            for (int x = 0; x < plate.width(); x++) {
                int cell = at(x, y);
                result[cell] = plate.kinds()[cell] == Plate.INSULATES ? meanAround(x, y) : plate.celsius()[cell];
            }
        }
        return result;
    }

    private double meanAround(int x, int y) {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < 9; k++) {
            int cell = at(x + k % 3 - 1, y + k / 3 - 1);
            if (plate.kinds()[cell] != Plate.INSULATES) {
                sum += plate.celsius()[cell];
                count++;
            }
        }
        return count > 0 ? sum / count : Double.NaN;
    }

    /** Marks insulation that is connected with the edge of the picture. */
    private double[] outside() {
        double[] result = new double[plate.kinds().length];
        Deque<Integer> open = new ArrayDeque<>();
        for (int x = 0; x < plate.width(); x++) {
            mark(x, 0, result, open);
            mark(x, plate.height() - 1, result, open);
        }
        for (int y = 0; y < plate.height(); y++) {
            mark(0, y, result, open);
            mark(plate.width() - 1, y, result, open);
        }
        while (!open.isEmpty()) {
            int cell = open.pop();
            int x = cell % plate.width();
            int y = cell / plate.width();
            for (Side side : Side.values()) {
                mark(x + side.right, y + side.down, result, open);
            }
        }
        return result;
    }

    private void mark(int x, int y, double[] marks, Deque<Integer> open) {
        int cell = at(x, y);
        if (plate.kinds()[cell] == Plate.INSULATES && marks[cell] == 0) {
            marks[cell] = 1;
            open.push(cell);
        }
    }
}
