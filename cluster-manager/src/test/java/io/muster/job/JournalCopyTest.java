package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.launch.OutputStreamName;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JournalEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalCopyTest {
    @TempDir
    Path folder;

    @Test
    void what_was_appended_is_replayed_and_goes_on_where_it_stopped() throws IOException {
        JournalCopy copy = new JournalCopy(folder);
        copy.append(entry(0, 10, "one"));
        List<String> seen = new ArrayList<>();
        JournalCopy.Position position = copy.replay(JournalCopy.Position.START, event -> seen.add(text(event)));
        assertThat(position.originalOffset()).isEqualTo(10);
        copy.append(entry(10, 25, "two"));
        position = copy.replay(position, event -> seen.add(text(event)));
        assertThat(seen).containsExactly("one", "two");
        assertThat(position.originalOffset()).isEqualTo(25);
    }

    @Test
    void an_entry_that_another_process_has_added_is_not_added_twice() throws IOException {
        JournalCopy mine = new JournalCopy(folder);
        JournalCopy other = new JournalCopy(folder);
        assertThat(mine.append(entry(0, 10, "one"))).isTrue();
        assertThat(other.append(entry(0, 10, "one"))).isFalse();
        assertThat(other.append(entry(10, 20, "two"))).isTrue();
        assertThat(mine.append(entry(10, 20, "two"))).isFalse();
        assertThat(all()).containsExactly("one", "two");
    }

    @Test
    void a_torn_tail_is_passed_over_and_then_replaced() throws IOException {
        new JournalCopy(folder).append(entry(0, 10, "one"));
        new JournalCopy(folder).append(entry(10, 20, "two"));
        Path file = folder.resolve("journal");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) - 3);
        }
        assertThat(all()).containsExactly("one");
        assertThat(new JournalCopy(folder).append(entry(10, 20, "two"))).isTrue();
        assertThat(all()).containsExactly("one", "two");
    }

    @Test
    void a_damaged_copy_says_so() throws IOException {
        Files.write(folder.resolve("journal"), new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertThatThrownBy(this::all).isInstanceOf(IOException.class).hasMessageContaining("damaged at byte 0");
    }

    private List<String> all() throws IOException {
        List<String> seen = new ArrayList<>();
        new JournalCopy(folder).replay(JournalCopy.Position.START, event -> seen.add(text(event)));
        return seen;
    }

    private static JournalEntry entry(long offset, long next, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JournalEntry(offset, next, new JobEvent.Output(1, 0, OutputStreamName.STDOUT, bytes, false));
    }

    private static String text(JobEvent event) {
        return new String(((JobEvent.Output) event).bytes(), StandardCharsets.UTF_8);
    }
}
