package io.muster.cli.screen;

import io.muster.api.Progress;

/** The lines of progress that stay. */
final class ProgressText {
    private static final int PHASE_WIDTH = 10;
    private static final int TIME_WIDTH = 11;

    private ProgressText() {}

    static String ended(Progress.PhaseEnded ended, Screen screen) {
        return (screen.message(Style.GOOD, "✔") + " " + padded(ended.phase(), PHASE_WIDTH) + " "
                        + padded(Elapsed.text(ended.elapsed()), TIME_WIDTH) + " " + ended.summary())
                .stripTrailing();
    }

    static String failed(Progress.NodeStep step, Screen screen) {
        return screen.message(Style.BAD, "✘") + " " + step.node() + ": " + step.step() + ": " + step.outcome() + " ("
                + Elapsed.text(step.elapsed()) + ")";
    }

    static String note(Progress.Note note, Screen screen) {
        return screen.message(Style.WARNING, "note:") + " " + note.text();
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
