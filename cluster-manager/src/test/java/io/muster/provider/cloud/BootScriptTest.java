package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.HostKey;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.TestKeys;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BootScriptTest {
    private final HostKey key = TestKeys.generate();
    private final NodeRequest request = new NodeRequest(
            "heat",
            "heat-1",
            0,
            1,
            1,
            0,
            Optional.empty(),
            "ssh-ed25519 AAAA some $(odd) 'comment' \\ \"1\"",
            key,
            new NodeSource.Anywhere());

    @Test
    void keys_are_written_as_they_are_whatever_the_shell_would_make_of_them() {
        String text = BootScript.of(request, Optional.empty());
        assertThat(text).startsWith("#!/bin/sh\nset -eu\n").doesNotContain("shutdown");
        assertThat(text.lines())
                .contains(request.authorizedKey(), key.publicKey())
                .containsSequence(key.privateKey().strip().lines().toList());
        // No shell looks into a document whose end is quoted.
        assertThat(text.lines().filter(line -> line.contains("<<"))).allMatch(line -> line.endsWith("<<'MUSTER_END'"));
    }

    @Test
    void the_end_comes_at_every_boot() {
        Instant end = Instant.ofEpochSecond(1_800_000_000);
        String text = BootScript.of(request, Optional.of(end));
        assertThat(text.substring(text.indexOf("\nfi\n")))
                .contains("(1800000000 - $(date +%s))", "shutdown -P \"+$left\"");
    }

    @Test
    void no_text_of_a_launch_shows_the_private_key() {
        assertThat(FirstBoot.of(request, Optional.empty()).toString()).doesNotContain("PRIVATE KEY");
    }
}
