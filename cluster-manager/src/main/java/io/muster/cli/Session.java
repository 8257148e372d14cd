package io.muster.cli;

import io.muster.api.MusterApi;
import io.muster.cli.document.Json;
import io.muster.cli.screen.ProgressView;
import io.muster.cli.screen.Screen;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the commands of one invocation share: the screen, the global options, and the manager, opened when needed. */
final class Session implements AutoCloseable {
    private final Surroundings surroundings;
    private final Screen screen;
    private final Interrupts interrupts;
    private OutputFormat format = OutputFormat.TEXT;
    private boolean verbose;
    private boolean timings;
    private @Nullable MusterApi api;

    Session(Surroundings surroundings, Interrupts interrupts) {
        this.surroundings = surroundings;
        this.interrupts = interrupts;
        this.screen =
                new Screen(surroundings.out(), surroundings.err(), surroundings.charset(), surroundings.environment());
    }

    Screen screen() {
        return screen;
    }

    Interrupts interrupts() {
        return interrupts;
    }

    /** The manager; opened by the first caller. */
    MusterApi api() {
        if (api == null) {
            api = surroundings.api().apply(surroundings.home());
        }
        return api;
    }

    Path folder() {
        return surroundings.folder();
    }

    Path home() {
        return surroundings.home();
    }

    Optional<Path> distribution() {
        return surroundings.distribution();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    OutputFormat format() {
        return format;
    }

    void format(OutputFormat chosen) {
        format = chosen;
    }

    boolean isVerbose() {
        return verbose;
    }

    void verbose(boolean chosen) {
        verbose = chosen;
    }

    void timings(boolean chosen) {
        timings = chosen;
    }

    /** Prints a command's result on stdout in the form that the user asked for. */
    void result(Object document, Supplier<String> text) {
        screen.print(
                switch (format) {
                    case TEXT -> text.get();
                    case JSON -> Json.document(document);
                });
    }

    /** A view of a long call on so many nodes. */
    ProgressView progress(int nodes) {
        ProgressView view = ProgressView.on(screen, nodes);
        return timings ? new TimingsView(view, screen, surroundings.started()) : view;
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
    }
}
