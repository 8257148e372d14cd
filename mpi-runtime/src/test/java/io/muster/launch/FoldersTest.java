package io.muster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
    @TempDir
    Path folder;

    @Test
    void shared_folders_lie_in_that_of_the_node_when_it_has_one() {
        assertThat(Folders.sharedParent(Map.of("MUSTER_SHARED_MEMORY", folder.toString())))
                .isEqualTo(folder);
    }

    @Test
    void shared_folders_lie_in_shared_memory_when_the_node_has_none() {
        Path usual = Folders.sharedParent(Map.of());
        assertThat(usual).isIn(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(Folders.sharedParent(
                        Map.of("MUSTER_SHARED_MEMORY", folder.resolve("gone").toString())))
                .isEqualTo(usual);
    }
}
