package io.muster.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final JobOutcome LOST = JobOutcome.lost("gone");

    @TempDir
    Path folder;

    private static List<JobEvent> read(Path file) throws IOException {
        List<JobEvent> events = new ArrayList<>();
        try (Journal journal = Journal.read(file)) {
            Optional<JournalEntry> entry = journal.entryAt(0);
            while (entry.isPresent()) {
                events.add(entry.get().event());
                entry = journal.entryAt(entry.get().nextOffset());
            }
        }
        return events;
    }

    @Test
    void a_journal_that_was_cut_anywhere_gets_an_end() throws IOException {
        Path whole = folder.resolve("whole");
        List<JobEvent> written = List.of(
                new JobEvent.Started(1, 2, List.of("n1")),
                new JobEvent.RankExited(2, 0, 3),
                new JobEvent.RankExited(3, 1, 0));
        try (Journal journal = Journal.create(whole)) {
            for (JobEvent event : written) {
                journal.append(event);
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length <= bytes.length; length++) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
            assertThat(Journal.close(cut, LOST)).isEqualTo(LOST);
            List<JobEvent> events = read(cut);
            assertThat(events.subList(0, events.size() - 1)).isEqualTo(written.subList(0, events.size() - 1));
            assertThat(events.getLast())
                    .isInstanceOfSatisfying(
                            JobEvent.Ended.class,
                            ended -> assertThat(ended.outcome()).isEqualTo(LOST));
        }
    }

    @Test
    void zeros_after_a_crash_of_the_machine_are_cut() throws IOException {
        Path file = folder.resolve("zeros");
        try (Journal journal = Journal.create(file)) {
            journal.append(new JobEvent.Started(1, 2, List.of("n1")));
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 100));
        Journal.close(file, LOST);
        assertThat(read(file)).hasSize(2);
    }

    @Test
    void an_end_that_stands_there_stays() throws IOException {
        Path file = folder.resolve("ended");
        try (Journal journal = Journal.create(file)) {
            journal.append(new JobEvent.Ended(1, JobOutcome.done()));
        }
        assertThat(Journal.close(file, LOST)).isEqualTo(JobOutcome.done());
        assertThat(read(file)).hasSize(1);
    }
}
