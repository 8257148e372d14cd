package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.StagedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeInputsTest {
    @TempDir
    Path temp;

    private final List<StagedFile> files = new ArrayList<>();

    private Path file(long bytes) throws IOException {
        Path file = temp.resolve(bytes + ".bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    private void add(int count, long bytes, String folder) throws IOException {
        Path local = file(bytes);
        for (int i = 0; i < count; i++) {
            files.add(new StagedFile(local, folder + "f" + files.size(), false));
        }
    }

    @Test
    void a_usual_program_is_sent_without_a_word() throws IOException {
        add(1000, 1 << 10, "classes/");
        assertThat(LargeInputs.describe(files)).isEmpty();
        assertThat(LargeInputs.describe(List.of())).isEmpty();
    }

    @Test
    void many_files_are_told_with_the_folder_that_has_most() throws IOException {
        add(20, 1 << 20, "data/");
        add(1500, 10, "node_modules/a/");
        assertThat(LargeInputs.describe(files))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("1520 files (20 MiB)", "1500 files (0 MiB) in node_modules/"));
    }

    @Test
    void many_bytes_are_told_with_the_folder_that_has_most() throws IOException {
        add(1, 300L << 20, "");
        add(30, 1 << 20, "classes/");
        assertThat(LargeInputs.describe(files))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("31 files (330 MiB)", "1 file (300 MiB) in the folder itself"));
    }
}
