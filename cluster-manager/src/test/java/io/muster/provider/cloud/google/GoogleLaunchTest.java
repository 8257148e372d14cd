package io.muster.provider.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GoogleLaunchTest {
    private static final String TOKEN = "0123456789abcdef".repeat(4);

    @Test
    void a_machine_has_the_name_of_its_node_as_far_as_google_takes_it() {
        assertThat(GoogleLaunch.nameOf("heat-1", TOKEN)).isEqualTo("heat-1-0123456789ab");
        for (String node : List.of("3d-1", "a".repeat(63), "7".repeat(63), "a".repeat(49) + "-b")) {
            assertThat(GoogleLaunch.nameOf(node, TOKEN))
                    .matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
                    .endsWith("-0123456789ab");
        }
    }
}
