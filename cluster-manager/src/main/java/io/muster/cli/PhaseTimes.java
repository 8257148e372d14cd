package io.muster.cli;

import io.muster.api.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Adds up how long each phase took, in the order in which they first ended. Thread-safe. */
final class PhaseTimes implements Consumer<Progress> {
    private final Map<String, Duration> times = new LinkedHashMap<>();

    @Override
    public synchronized void accept(Progress progress) {
        if (progress instanceof Progress.PhaseEnded ended) {
            times.merge(ended.phase(), ended.elapsed(), Duration::plus);
        }
    }

    synchronized Map<String, Duration> times() {
        return new LinkedHashMap<>(times);
    }
}
