package io.muster.cluster;

import io.muster.api.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a phase between its two progress events. */
public final class PhaseClock {
    private PhaseClock() {}

    /** Runs {@code work}; when it throws, the phase has no end event, as it has no end. */
    public static <T> T timed(Consumer<Progress> progress, String phase, Callable<T> work, Function<T, String> summary)
            throws Exception {
        long start = System.nanoTime();
        progress.accept(new Progress.PhaseStarted(phase));
        T result = work.call();
        progress.accept(
                new Progress.PhaseEnded(phase, Duration.ofNanos(System.nanoTime() - start), summary.apply(result)));
        return result;
    }
}
