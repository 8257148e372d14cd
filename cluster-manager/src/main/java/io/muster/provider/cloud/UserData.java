package io.muster.provider.cloud;

import io.muster.provider.HostKey;
import io.muster.provider.NodeRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What cloud-init does on a node at its first boot: the host key that the manager made, a user that may log in, and
 * the end of the node's life, which comes also when the manager is gone.
 */
final class UserData {
    /** The user on every image, whatever it calls its own. */
    static final String LOGIN_USER = "muster";

    private UserData() {}

    /**
     * The text of a cloud-config document; a secret, for it holds the private host key.
     *
     * @param endsAt when the node shuts itself down
     */
    static String of(NodeRequest request, Optional<Instant> endsAt) {
        String keyType = keyType(request.hostKey());
        return """
                #cloud-config
                hostname: %s
                preserve_hostname: false
                ssh_deletekeys: true
                ssh_keys:
                  %s_private: |
                %s
                  %s_public: %s
                disable_root: true
                ssh_pwauth: false
                users:
                  - default
                  - name: %s
                    shell: /bin/bash
                    lock_passwd: true
                    sudo: "ALL=(ALL) NOPASSWD:ALL"
                    ssh_authorized_keys:
                      - %s
                """.formatted(
                                request.name(),
                                keyType,
                                request.hostKey().privateKey().strip().indent(4).stripTrailing(),
                                keyType,
                                quoted(request.hostKey().publicKey()),
                                LOGIN_USER,
                                quoted(request.authorizedKey()))
                + endsAt.map(UserData::ending).orElse("");
    }

    /** A script of every boot, so that a node that restarts ends in time as well; small images run commands only. */
    private static String ending(Instant endsAt) {
        return """
                write_files:
                  - path: /var/lib/cloud/scripts/per-boot/muster-lifetime
                    permissions: "0755"
                    content: |
                      #!/bin/sh
                %s
                runcmd:
                  - [sh, /var/lib/cloud/scripts/per-boot/muster-lifetime]
                """.formatted(shutdown(endsAt).indent(6).stripTrailing());
    }

    /** Lines of a shell script that has the machine shut itself down then. */
    static String shutdown(Instant endsAt) {
        return """
                left=$(( (%d - $(date +%%s)) / 60 ))
                [ "$left" -gt 0 ] || left=0
                shutdown -P "+$left"
                """.formatted(endsAt.getEpochSecond());
    }

    /** How OpenSSH names the kind of a key in the names of its files. */
    static String keyType(HostKey key) {
        return key.publicKey().split(" ", 2)[0].replaceFirst("^ssh-", "");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
