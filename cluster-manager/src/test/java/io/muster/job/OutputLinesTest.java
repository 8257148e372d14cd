package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.OutputStreamName;
import io.muster.supervisor.JobEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputLinesTest {
    private final List<String> seen = new ArrayList<>();
    private final OutputLines lines =
            new OutputLines(line -> seen.add(line.rank() + ":" + new String(line.bytes(), StandardCharsets.UTF_8)));

    @Test
    void lines_of_ranks_do_not_mix() {
        accept(0, "ab");
        accept(1, "x\n");
        accept(0, "c\nd");
        assertThat(seen).containsExactly("1:x", "0:abc");
        lines.endOf(0);
        assertThat(seen).containsExactly("1:x", "0:abc", "0:d");
    }

    @Test
    void empty_lines_are_lines() {
        accept(0, "\n\na\n");
        assertThat(seen).containsExactly("0:", "0:", "0:a");
    }

    @Test
    void what_has_no_line_end_comes_out_at_the_end_once() {
        accept(2, "rest");
        lines.flush();
        lines.flush();
        assertThat(seen).containsExactly("2:rest");
    }

    private void accept(int rank, String text) {
        lines.accept(new JobEvent.Output(
                0, rank, OutputStreamName.STDOUT, text.getBytes(StandardCharsets.UTF_8), !text.endsWith("\n")));
    }
}
