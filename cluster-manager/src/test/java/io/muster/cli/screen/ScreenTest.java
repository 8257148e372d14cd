package io.muster.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.api.Progress;
import io.muster.cli.screen.Destination.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScreenTest {
    private static final String ERASE = "\r\033[2K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void progress_elsewhere_is_a_line_a_phase_and_what_went_wrong() {
        try (ProgressView view = ProgressView.on(screen(Kind.PLAIN, StandardCharsets.UTF_8), 2)) {
            view.accept(new Progress.PhaseStarted("bootstrap"));
            view.accept(step("heat-1", "push", Progress.Result.DONE, "sent"));
            view.accept(step("heat-2", "push", Progress.Result.FAILED, "disk full"));
            view.accept(new Progress.Note("be careful"));
            view.accept(new Progress.PhaseEnded("bootstrap", Duration.ofMillis(61_500), "1 of 2 nodes"));
        }

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        ✘ heat-2: push: disk full (0.25 s)
                        note: be careful
                        ✔ bootstrap  1 min 01 s  1 of 2 nodes
                        """);
    }

    @Test
    void progress_on_a_terminal_counts_nodes_in_one_line_that_goes_away() {
        try (ProgressView view = ProgressView.on(screen(Kind.TERMINAL, StandardCharsets.UTF_8), 2)) {
            view.accept(new Progress.PhaseStarted("bootstrap"));
            view.accept(step("heat-1", "push", Progress.Result.DONE, "sent"));
            assertThat(err.toString(StandardCharsets.UTF_8)).contains(ERASE, "bootstrap", "push 1/2");
            view.accept(step("heat-2", "push", Progress.Result.UNCHANGED, "there"));
            view.accept(step("heat-2", "agent", Progress.Result.DONE, ""));
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("agent 1/2");
            int before = err.size();
            await().until(() -> err.size() > before);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith(ERASE);
        assertThat(out.size()).isZero();
    }

    @Test
    void what_is_said_stands_above_the_live_line() {
        Screen screen = screen(Kind.TERMINAL, StandardCharsets.UTF_8);
        screen.live("working");
        screen.say("hello");
        screen.print("result");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(ERASE + "working" + ERASE + "hello\nworking");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
    }

    @Test
    void a_terminal_that_lacks_a_character_gets_its_twin() {
        screen(Kind.PLAIN, StandardCharsets.US_ASCII).say("✔ 4 … — ✘");

        assertThat(err.toString(StandardCharsets.US_ASCII)).isEqualTo("ok 4 ... - failed\n");
    }

    @Test
    void a_table_is_as_wide_as_its_cells_and_one_line_a_row() {
        Table table = new Table("NODE", "SLOTS>", "NOTE").row("heat-1", 2, "").row("h", 16, "two\nlines");

        assertThat(table.render(screen(Kind.PLAIN, StandardCharsets.UTF_8)))
                .isEqualTo("NODE    SLOTS  NOTE\nheat-1      2\nh          16  two lines");
    }

    @Test
    void time_is_shown_with_what_matters() {
        assertThat(Elapsed.text(Duration.ofMillis(42))).isEqualTo("0.04 s");
        assertThat(Elapsed.text(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
        assertThat(Elapsed.text(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(Elapsed.text(Duration.ofMinutes(187))).isEqualTo("3 h 07 min");
    }

    private Screen screen(Kind kind, Charset charset) {
        return new Screen(
                new Destination(out, Kind.PLAIN), new Destination(err, kind), charset, Map.of("NO_COLOR", "1"));
    }

    private static Progress.NodeStep step(String node, String step, Progress.Result result, String outcome) {
        return new Progress.NodeStep("bootstrap", node, step, result, Duration.ofMillis(250), outcome);
    }
}
