package io.muster.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.HostKey;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.TestKeys;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class UserDataTest {
    private final HostKey key = TestKeys.generate();
    private final NodeRequest request = new NodeRequest(
            "heat",
            "heat-1",
            0,
            1,
            1,
            0,
            Optional.empty(),
            "ssh-ed25519 AAAA some \"odd\" comment: #1",
            key,
            new NodeSource.Anywhere());

    @Test
    void the_host_key_is_there_before_the_server() {
        String text = UserData.of(request, Optional.empty());
        assertThat(text).startsWith("#cloud-config\n").doesNotContain("shutdown");
        JsonNode root = new YAMLMapper().readTree(text);
        assertThat(root.path("ssh_deletekeys").asBoolean(false)).isTrue();
        assertThat(root.path("ssh_keys").path("ed25519_private").asString("").strip())
                .isEqualTo(key.privateKey().strip());
        assertThat(root.path("ssh_keys").path("ed25519_public").asString("")).isEqualTo(key.publicKey());
        assertThat(root.path("users")
                        .path(1)
                        .path("ssh_authorized_keys")
                        .path(0)
                        .asString(""))
                .isEqualTo(request.authorizedKey());
    }

    @Test
    void the_end_comes_at_every_boot() {
        Instant end = Instant.ofEpochSecond(1_800_000_000);
        JsonNode root = new YAMLMapper().readTree(UserData.of(request, Optional.of(end)));
        assertThat(root.path("write_files").path(0).path("content").asString(""))
                .startsWith("#!/bin/sh\n")
                .contains("(1800000000 - $(date +%s))", "shutdown -P");
    }
}
