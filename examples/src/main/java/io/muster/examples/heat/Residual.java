package io.muster.examples.heat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How far the plate is from its steady state after a step: one line of the residual file.
 *
 * @param step steps done
 * @param seconds time that has passed on the plate
 * @param change the largest change of a cell in this step, in °C; never grows in a stable run
 * @param temperatures after this step
 */
record Residual(long step, double seconds, double change, Summary temperatures) {

    /** All residuals as comma-separated values with a head line. */
    static String csv(List<Residual> residuals) {
        return residuals.stream()
                .map(Residual::line)
                .collect(Collectors.joining("\n", "step,time_s,residual_celsius,coldest,mean,warmest\n", "\n"));
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "%d,%.6g,%.9e,%.4f,%.6f,%.4f",
                step,
                seconds,
                change,
                temperatures.coldest(),
                temperatures.mean(),
                temperatures.warmest());
    }
}
