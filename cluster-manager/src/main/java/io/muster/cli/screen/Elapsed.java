package io.muster.cli.screen;

import java.time.Duration;
import java.util.Locale;

/** Measured time as a person reads it: {@code 0.04 s}, {@code 12.3 s}, {@code 2 min 05 s}, {@code 3 h 07 min}. */
public final class Elapsed {
    private Elapsed() {}

    public static String text(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 9.995) {
            return String.format(Locale.ROOT, "%.2f s", Math.max(0, seconds));
        }
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (time.toHours() == 0) {
            return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
    }
}
