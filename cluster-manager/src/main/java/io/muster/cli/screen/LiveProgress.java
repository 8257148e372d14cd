package io.muster.cli.screen;

import io.muster.api.Progress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One line that moves while a phase runs, and stays as a plain line when the phase is over. */
final class LiveProgress implements ProgressView {
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final int MAX_WIDTH = 78;

    private final Screen screen;
    private final int nodes;
    private final Thread painter;
    private final Map<String, Set<String>> nodesByStep = new LinkedHashMap<>();
    private String phase = "";
    private long startedNanos;
    private int frame;
    private boolean closed;

    /** @param nodes how many nodes take each step; 0 when it is not known */
    LiveProgress(Screen screen, int nodes) {
        this.screen = screen;
        this.nodes = nodes;
        this.painter = Thread.ofVirtual().name("progress").start(this::paint);
    }

    @Override
    public synchronized void accept(Progress progress) {
        switch (progress) {
            case Progress.PhaseStarted started -> {
                phase = started.phase();
                startedNanos = System.nanoTime();
                nodesByStep.clear();
            }
            case Progress.PhaseEnded ended -> {
                if (ended.phase().equals(phase)) {
                    phase = "";
                    screen.live("");
                }
                screen.say(ProgressText.ended(ended, screen));
            }
            case Progress.NodeStep step -> {
                nodesByStep.computeIfAbsent(step.step(), _ -> new HashSet<>()).add(step.node());
                if (step.result() == Progress.Result.FAILED) {
                    screen.say(ProgressText.failed(step, screen));
                }
            }
            case Progress.Note note -> screen.say(ProgressText.note(note, screen));
        }
        draw();
    }

    @Override
    public synchronized void close() {
        closed = true;
        phase = "";
        screen.live("");
        painter.interrupt();
    }

    private void paint() {
        try {
            while (!isClosed()) {
                Thread.sleep(FRAME);
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void draw() {
        if (phase.isEmpty()) {
            return;
        }
        frame = (frame + 1) % SPINNER.length();
        String elapsed = Elapsed.text(Duration.ofNanos(System.nanoTime() - startedNanos));
        String line = SPINNER.charAt(frame) + " " + ProgressText.padded(phase, 10) + " "
                + ProgressText.padded(elapsed, 11) + " " + stepsDone();
        screen.live(line.stripTrailing()
                .substring(0, Math.min(MAX_WIDTH, line.stripTrailing().length())));
    }

    /** The first step that not all nodes have behind them: the one that everybody waits for. */
    private String stepsDone() {
        String last = "";
        for (Map.Entry<String, Set<String>> step : nodesByStep.entrySet()) {
            int done = step.getValue().size();
            last = step.getKey() + " " + done + (nodes == 0 ? "" : "/" + nodes);
            if (done < nodes) {
                return last;
            }
        }
        return last;
    }
}
