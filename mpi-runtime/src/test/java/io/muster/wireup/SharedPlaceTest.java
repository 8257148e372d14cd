package io.muster.wireup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can share memory with whom. */
final class SharedPlaceTest {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    Path elsewhere;

    @Test
    void folders_of_two_nodes_of_one_machine_have_the_same_machine() throws IOException {
        assumeThat(SHARED_MEMORY).isWritable();
        Path first = Files.createTempDirectory(SHARED_MEMORY, "place");
        Path second = Files.createTempDirectory(SHARED_MEMORY, "place");
        try {
            SharedPlace place = SharedPlace.of(first).orElseThrow();
            SharedPlace other = SharedPlace.of(second).orElseThrow();
            assertThat(place.machine()).isEqualTo(other.machine()).isNotBlank();
            assertThat(place.path()).isEqualTo(first);
            assertThat(address(0, 0, Optional.of(place)).sharesMemoryWith(address(1, 1, Optional.of(other))))
                    .isTrue();
            SharedPlace elsewhereBooted = new SharedPlace("another boot", second.toString());
            assertThat(address(0, 0, Optional.of(place)).sharesMemoryWith(address(1, 1, Optional.of(elsewhereBooted))))
                    .isFalse();
        } finally {
            Files.delete(first);
            Files.delete(second);
        }
    }

    @Test
    void a_folder_that_is_not_in_shared_memory_is_shared_inside_its_node_only() {
        assertThat(SharedPlace.of(elsewhere)).isEmpty();
        assertThat(address(0, 0, Optional.empty()).sharesMemoryWith(address(1, 0, Optional.empty())))
                .isTrue();
        assertThat(address(0, 0, Optional.empty()).sharesMemoryWith(address(1, 1, Optional.empty())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/dev/shm/../../etc", "dev/shm", ""})
    void a_folder_elsewhere_that_a_rank_names_is_not_opened(String folder) {
        assertThatThrownBy(() -> new SharedPlace("machine", folder).path())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not lie in /dev/shm");
    }

    private static RankAddress address(int rank, int node, Optional<SharedPlace> shared) {
        return new RankAddress(rank, node, "127.0.0.1", 0, 1, shared);
    }
}
