package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchedFilesTest {
    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @TempDir
    Path temp;

    @Test
    void a_retry_knows_what_an_earlier_fetch_brought_from_another_node() throws IOException {
        fetch(files(), "node-1", "result.txt", ONE);

        FetchedFiles retry = files();
        assertThat(retry.has("result.txt", ONE)).isTrue();
        assertThat(retry.nameFor("result.txt", TWO, "node-2")).isEqualTo("result.txt.node-2");
        fetch(retry, "node-2", "result.txt", TWO);
        assertThat(files().present()).containsExactly(temp.resolve("result.txt"), temp.resolve("result.txt.node-2"));
    }

    @Test
    void the_same_content_of_several_nodes_comes_once() throws IOException {
        FetchedFiles files = files();
        fetch(files, "node-1", "same.txt", ONE);
        assertThat(files.nameFor("same.txt", ONE, "node-2")).isEqualTo("same.txt");
        assertThat(files.has("same.txt", ONE)).isTrue();
    }

    @Test
    void a_file_that_was_deleted_since_is_fetched_again() throws IOException {
        fetch(files(), "node-1", "result.txt", ONE);
        Files.delete(temp.resolve("result.txt"));
        assertThat(files().has("result.txt", ONE)).isFalse();
        assertThat(files().present()).isEmpty();
    }

    @Test
    void an_entry_that_was_cut_off_spoils_no_other() throws IOException {
        fetch(files(), "node-1", "a.txt", ONE);
        Files.writeString(temp.resolve("list"), "\n" + TWO + " b.t", StandardOpenOption.APPEND);
        fetch(files(), "node-1", "c.txt", TWO);
        assertThat(files().present()).containsExactly(temp.resolve("a.txt"), temp.resolve("c.txt"));
    }

    private FetchedFiles files() throws IOException {
        return FetchedFiles.in(temp.resolve("list"), temp);
    }

    private void fetch(FetchedFiles files, String node, String path, String sha256) throws IOException {
        String name = files.nameFor(path, sha256, node);
        Files.createFile(temp.resolve(name));
        files.add(name, sha256);
    }
}
