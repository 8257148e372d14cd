package io.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MusterHomeTest {
    @Test
    void it_is_the_named_folder_or_one_in_the_home_folder_of_the_environment() {
        assertThat(MusterHome.of(Map.of("MUSTER_HOME", "/a/b", "HOME", "/home/ann"))
                        .root())
                .isEqualTo(Path.of("/a/b"));
        assertThat(MusterHome.of(Map.of("MUSTER_HOME", "", "HOME", "/home/ann")).root())
                .isEqualTo(Path.of("/home/ann/.muster"));
        assertThat(MusterHome.of(Map.of()).root()).isEqualTo(Path.of(System.getProperty("user.home"), ".muster"));
    }
}
