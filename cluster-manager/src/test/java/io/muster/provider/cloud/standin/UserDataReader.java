package io.muster.provider.cloud.standin;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What cloud-init would do at first boot, as far as nodes need it.
 *
 * @param hostKey private host key
 * @param user login name
 * @param authorizedKey key that may log in
 * @param perBoot script of every boot; empty without one
 */
record UserDataReader(String hostKey, String user, String authorizedKey, String perBoot) {
    static UserDataReader read(String text) {
        if (!text.startsWith("#cloud-config\n")) {
            throw new IllegalArgumentException(
                    "no cloud-config: " + text.lines().findFirst());
        }
        JsonNode root = new YAMLMapper().readTree(text);
        JsonNode user = root.path("users").path(1);
        String perBoot = "";
        for (JsonNode file : root.path("write_files")) {
            if (file.path("path").asString("").startsWith("/var/lib/cloud/scripts/per-boot/")) {
                perBoot = file.path("content").asString("");
            }
        }
        return new UserDataReader(
                root.path("ssh_keys").path("ed25519_private").asString(""),
                user.path("name").asString(""),
                user.path("ssh_authorized_keys").path(0).asString(""),
                perBoot);
    }
}
