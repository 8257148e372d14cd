package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentStoreTest {
    private static final int MAX_BYTES = 100;

    @TempDir
    Path folder;

    private ContentStore store() {
        return new ContentStore(folder.resolve("store"), MAX_BYTES);
    }

    private void keep(String name, int sizeBytes) throws IOException {
        Path file = Files.write(folder.resolve("input-" + name), new byte[sizeBytes]);
        store().keep(file, name);
    }

    /** As if it had been used so many seconds after 1970. */
    private void used(String name, long seconds) throws IOException {
        Files.setLastModifiedTime(folder.resolve("store").resolve(name), FileTime.fromMillis(seconds * 1000));
    }

    private boolean has(String name, int sizeBytes) throws IOException {
        Path target = folder.resolve("target");
        Files.deleteIfExists(target);
        boolean there = store().copyTo(target, name, sizeBytes);
        assertThat(Files.exists(target)).isEqualTo(there);
        return there;
    }

    @Test
    void what_was_not_used_for_longest_goes_first() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            keep(name, 30);
        }
        used("a", 1);
        used("b", 2);
        used("c", 3);
        assertThat(has("a", 30)).isTrue();
        keep("d", 40);
        assertThat(has("b", 30)).isFalse();
        assertThat(has("a", 30) && has("c", 30) && has("d", 40)).isTrue();
    }

    @Test
    void a_job_that_writes_to_its_input_changes_nothing_here() throws IOException {
        keep("a", 30);
        assertThat(has("a", 30)).isTrue();
        Files.writeString(folder.resolve("target"), "changed");
        Files.writeString(folder.resolve("input-a"), "changed");
        assertThat(has("a", 30)).isTrue();
        assertThat(Files.readAllBytes(folder.resolve("target"))).isEqualTo(new byte[30]);
    }

    @Test
    void what_is_too_large_is_not_kept_and_throws_nothing_out() throws IOException {
        keep("a", 30);
        keep("large", MAX_BYTES + 1);
        assertThat(has("large", MAX_BYTES + 1)).isFalse();
        assertThat(has("a", 30)).isTrue();
    }

    @Test
    void all_can_be_dropped_when_the_disk_is_full() throws IOException {
        store().drop();
        keep("a", 30);
        store().drop();
        assertThat(has("a", 30)).isFalse();
        keep("a", 30);
        assertThat(has("a", 31)).isFalse();
        assertThat(has("a", 30)).isTrue();
    }
}
