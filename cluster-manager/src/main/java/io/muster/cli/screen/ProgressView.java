package io.muster.cli.screen;

import io.muster.api.Progress;
import java.util.function.Consumer;

/** Shows what a long call is doing, from its first event until {@link #close()}. Thread-safe. */
public interface ProgressView extends Consumer<Progress>, AutoCloseable {
    /** The view that fits stderr: drawn in place on a terminal, a line a phase elsewhere. */
    static ProgressView on(Screen screen, int nodes) {
        return screen.isLive() ? new LiveProgress(screen, nodes) : new PlainProgress(screen);
    }

    @Override
    void close();
}
