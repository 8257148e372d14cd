package io.muster.cli.screen;

import io.muster.api.Progress;

/** A line for every phase that is over, every step that failed and every note; nothing that moves. */
final class PlainProgress implements ProgressView {
    private final Screen screen;

    PlainProgress(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void accept(Progress progress) {
        switch (progress) {
            case Progress.PhaseStarted _ -> {}
            case Progress.PhaseEnded ended -> screen.say(ProgressText.ended(ended, screen));
            case Progress.NodeStep step -> {
                if (step.result() == Progress.Result.FAILED) {
                    screen.say(ProgressText.failed(step, screen));
                }
            }
            case Progress.Note note -> screen.say(ProgressText.note(note, screen));
        }
    }

    @Override
    public void close() {}
}
