package io.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordFileTest {
    private static final RecordCodec<Note> NOTES = RecordCodec.of(Note.class);

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();

    record Note(String text, long number) {}

    private RecordFile<Note> file() {
        return new RecordFile<>(folder.resolve("note"), NOTES);
    }

    @Test
    void what_was_written_last_is_read() throws IOException {
        assertThat(file().find(log::add)).isEmpty();
        file().write(new Note("a", 1));
        file().write(new Note("b", 2));
        assertThat(file().find(log::add)).contains(new Note("b", 2));
        assertThat(folder).isDirectoryContaining("glob:**/note").isDirectoryNotContaining("glob:**.part");
        assertThat(log).isEmpty();
    }

    @Test
    void every_torn_or_changed_form_is_set_aside() throws IOException {
        file().write(new Note("some text", 77));
        Path path = folder.resolve("note");
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(1);
        for (int length = 0; length < whole.length; length++) {
            expectAside(path, Arrays.copyOf(whole, length));
            byte[] changed = whole.clone();
            changed[length] ^= (byte) (1 + random.nextInt(255));
            expectAside(path, changed);
        }
        expectAside(path, Arrays.copyOf(whole, whole.length + 1));
    }

    private void expectAside(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        log.clear();
        assertThatExceptionOfType(WireException.class).isThrownBy(file()::read);
        assertThat(file().find(log::add)).isEmpty();
        assertThat(log).hasSize(1);
        assertThat(path).doesNotExist();
        assertThat(folder.resolve("note.damaged")).hasBinaryContent(bytes);
    }
}
