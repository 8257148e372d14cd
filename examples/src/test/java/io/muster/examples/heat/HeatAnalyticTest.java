package io.muster.examples.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers against what is known about the heat equation. */
final class HeatAnalyticTest {

    private static final double RATIO = 0.2;
    private static final Physics UNIT = new Physics(1, 1, RATIO);

    @Test
    void a_sine_mode_decays_as_the_analytic_solution_with_second_order() throws Exception {
        double coarse = errorOfSineMode(16);
        double middle = errorOfSineMode(32);
        double fine = errorOfSineMode(64);

        // The scheme damps this mode by a known factor a step; what is left to the true decay is 1.0344e-4 at 64 cells.
        double damping = 1 - 8 * RATIO * Math.pow(Math.sin(Math.PI / 128), 2);
        double expected = Math.exp(-2 * Math.PI * Math.PI * 0.05) - Math.pow(damping, 1024);
        assertThat(fine).isCloseTo(Math.abs(expected), within(1e-12));
        assertThat(coarse / middle).isCloseTo(4, within(0.2));
        assertThat(middle / fine).isCloseTo(4, within(0.1));
    }

    /** The unit square, 0 °C at its border: sin(πx)·sin(πy) decays with exp(-2π²t). */
    private static double errorOfSineMode(int intervals) throws Exception {
        int points = intervals + 1;
        Plate plate = Plate.uniform(points, points, 0);
        for (int y = 0; y < points; y++) {
            for (int x = 0; x < points; x++) {
                boolean border = x == 0 || y == 0 || x == intervals || y == intervals;
                plate.kinds()[y * points + x] = border ? Plate.HELD : Plate.CONDUCTS;
                plate.celsius()[y * points + x] = border ? 0 : sine(x, intervals) * sine(y, intervals);
            }
        }
        double cell = 1.0 / intervals;
        long steps = Math.round(0.05 / (RATIO * cell * cell));
        double[] found = solve(plate, 4, steps).cells();
        double decay = Math.exp(-2 * Math.PI * Math.PI * steps * RATIO * cell * cell);
        double error = 0;
        for (int i = 0; i < found.length; i++) {
            double exact = sine(i % points, intervals) * sine(i / points, intervals) * decay;
            error = Math.max(error, Math.abs(found[i] - exact));
        }
        return error;
    }

    private static double sine(int i, int intervals) {
        return Math.sin(Math.PI * i / intervals);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 8, 13})
    void the_result_is_the_same_for_every_number_of_ranks_bit_for_bit(int ranks) throws Exception {
        Plate plate = PlateFile.readDefault();
        Region whole = plate.sizeFor(96);
        Plate small = plate.cut(whole, whole);

        Solved alone = solve(small, 1, 500);
        Solved together = solve(small, ranks, 500);

        assertThat(together.cells()).isEqualTo(alone.cells());
        assertThat(together.residuals()).isEqualTo(alone.residuals());
    }

    @Test
    void a_plate_without_heaters_keeps_its_heat() throws Exception {
        Plate plate = Plate.uniform(40, 30, 20);
        Arrays.setAll(plate.celsius(), i -> 10 + i * 7 % 83);
        for (int y = 5; y < 25; y++) {
            plate.kinds()[y * 40 + 17] = Plate.INSULATES;
        }
        double before = heat(plate, plate.celsius());

        Solved solved = solve(plate, 6, 5000);

        assertThat(heat(plate, solved.cells())).isCloseTo(before, within(before * 1e-12));
        assertThat(solved.residuals().getFirst().temperatures().mean())
                .isCloseTo(solved.residuals().getLast().temperatures().mean(), within(1e-6));
    }

    private static double heat(Plate plate, double[] celsius) {
        double sum = 0;
        for (int i = 0; i < celsius.length; i++) {
            sum += plate.kinds()[i] == Plate.INSULATES ? 0 : celsius[i];
        }
        return sum;
    }

    @Test
    void the_residual_never_grows_and_no_cell_leaves_the_first_range() throws Exception {
        Plate plate = PlateFile.readDefault();
        Region whole = plate.sizeFor(128);

        List<Residual> residuals = solve(plate.cut(whole, whole), 4, 2000).residuals();

        for (int i = 1; i < residuals.size(); i++) {
            assertThat(residuals.get(i).change())
                    .isLessThanOrEqualTo(residuals.get(i - 1).change() + 1e-13);
        }
        assertThat(residuals.getLast().temperatures().coldest()).isGreaterThanOrEqualTo(0);
        assertThat(residuals.getLast().temperatures().warmest()).isLessThanOrEqualTo(100);
    }

    @Test
    void insulation_parts_hot_from_cold() throws Exception {
        Plate plate = Plate.uniform(9, 4, 0);
        for (int i = 0; i < plate.kinds().length; i++) {
            plate.celsius()[i] = i % 9 < 4 ? 80 : 10;
            plate.kinds()[i] = i % 9 == 4 ? Plate.INSULATES : Plate.CONDUCTS;
        }

        double[] cells = solve(plate, 2, 300).cells();

        assertThat(cells[0]).isEqualTo(80);
        assertThat(cells[8]).isEqualTo(10);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Solved(double[] cells, List<Residual> residuals) {}

    private static Solved solve(Plate plate, int ranks, long steps) throws Exception {
        Decomposition cut = Decomposition.of(plate.width(), plate.height(), ranks);
        return ThreadRanks.run(cut, mine -> {
                    Solver solver = new Solver(plate, cut, UNIT, mine);
                    solver.run(Limit.afterSteps(steps, 50), residual -> {});
                    return new Solved(solver.collect(), solver.residuals());
                })
                .getFirst();
    }
}
