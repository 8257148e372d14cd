package io.muster.cli;

import io.muster.api.Progress;
import io.muster.cli.screen.Elapsed;
import io.muster.cli.screen.ProgressView;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code --timings} adds to a view: when the call is over, a table a phase with the steps of each node, the
 * slowest named, and how long ago the command was called. Thread-safe.
 */
final class TimingsView implements ProgressView {
    private final ProgressView view;
    private final Screen screen;
    private final Instant started;
    private final Map<String, PhaseSteps> phases = new LinkedHashMap<>();

    /**
     * @param started when the user called the command
     */
    TimingsView(ProgressView view, Screen screen, Instant started) {
        this.view = view;
        this.screen = screen;
        this.started = started;
    }

    @Override
    public void accept(Progress progress) {
        remember(progress);
        view.accept(progress);
    }

    private synchronized void remember(Progress progress) {
        switch (progress) {
            case Progress.PhaseStarted started -> phase(started.phase());
            case Progress.PhaseEnded ended -> phase(ended.phase()).elapsed = ended.elapsed();
            case Progress.NodeStep step -> phase(step.phase()).add(step);
            case Progress.Note _ -> {}
        }
    }

    private PhaseSteps phase(String name) {
        return phases.computeIfAbsent(name, _ -> new PhaseSteps());
    }

    @Override
    public void close() {
        view.close();
        screen.say(text());
    }

    private synchronized String text() {
        List<String> blocks = new ArrayList<>();
        phases.forEach((name, phase) -> blocks.add(phase.text(name, screen)));
        blocks.add("since the start of the command: " + Elapsed.text(Duration.between(started, Instant.now())));
        return String.join("\n", blocks);
    }

    /** The steps of one phase, by node and step, in the order in which they were first seen. */
    private static final class PhaseSteps {
        private final Map<String, Map<String, Progress.NodeStep>> byNode = new LinkedHashMap<>();
        private final List<String> steps = new ArrayList<>();
        private Duration elapsed = Duration.ZERO;

        void add(Progress.NodeStep step) {
            byNode.computeIfAbsent(step.node(), _ -> new LinkedHashMap<>()).put(step.step(), step);
            if (!steps.contains(step.step())) {
                steps.add(step.step());
            }
        }

        String text(String name, Screen screen) {
            String head = "timings of " + name + ": " + Elapsed.text(elapsed);
            if (byNode.isEmpty()) {
                return head;
            }
            List<String> headings = new ArrayList<>(List.of("NODE"));
            steps.forEach(step -> headings.add(step.toUpperCase(Locale.ROOT) + ">"));
            headings.add("ALL>");
            Table table = new Table(headings.toArray(String[]::new));
            byNode.forEach((node, taken) -> table.row(row(node, taken)));
            return head + ", " + slowest() + "\n" + table.render(screen);
        }

        private Object[] row(String node, Map<String, Progress.NodeStep> taken) {
            List<Object> cells = new ArrayList<>(List.of(node));
            Duration all = Duration.ZERO;
            for (String step : steps) {
                Progress.NodeStep one = taken.get(step);
                cells.add(one == null ? "-" : Elapsed.text(one.elapsed()));
                all = one == null ? all : all.plus(one.elapsed());
            }
            cells.add(Elapsed.text(all));
            return cells.toArray();
        }

        private String slowest() {
            return byNode.values().stream()
                    .flatMap(taken -> taken.values().stream())
                    .max(Comparator.comparing(Progress.NodeStep::elapsed))
                    .map(step ->
                            "slowest step: " + step.step() + " of " + step.node() + ", " + Elapsed.text(step.elapsed()))
                    .orElse("");
        }
    }
}
