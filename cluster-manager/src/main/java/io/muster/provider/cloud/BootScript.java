package io.muster.provider.cloud;

import io.muster.provider.NodeRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@link UserData} does, as a shell script that needs neither cloud-init nor Python: it sets a node up at its
 * first boot and its end at every boot. It fails where a step fails, so what follows it happens on a good node only.
 */
final class BootScript {
    private BootScript() {}

    /** A secret, for it holds the private host key. */
    static String of(NodeRequest request, Optional<Instant> endsAt) {
        return """
                #!/bin/sh
                set -eu
                umask 077
                if [ ! -e /var/lib/muster-first-boot ]; then
                    printf '%%s\\n' '%1$s' > /etc/hostname
                    hostname '%1$s' || true
                    id -u %2$s >/dev/null 2>&1 || useradd --create-home --shell /bin/bash %2$s
                    usermod -p '*' %2$s
                    mkdir -p /home/%2$s/.ssh
                    cat > /home/%2$s/.ssh/authorized_keys <<'MUSTER_END'
                %3$s
                MUSTER_END
                    chown -R %2$s: /home/%2$s/.ssh
                    mkdir -p /etc/sudoers.d /etc/ssh/sshd_config.d
                    printf '%%s\\n' '%2$s ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-muster
                    chmod 440 /etc/sudoers.d/90-muster
                    rm -f /etc/ssh/ssh_host_*
                    cat > /etc/ssh/ssh_host_%4$s_key <<'MUSTER_END'
                %5$s
                MUSTER_END
                    cat > /etc/ssh/ssh_host_%4$s_key.pub <<'MUSTER_END'
                %6$s
                MUSTER_END
                    cat > /etc/ssh/sshd_config.d/00-muster.conf <<'MUSTER_END'
                HostKey /etc/ssh/ssh_host_%4$s_key
                PasswordAuthentication no
                PermitRootLogin no
                MUSTER_END
                    chmod 644 /etc/hostname /etc/ssh/ssh_host_%4$s_key.pub /etc/ssh/sshd_config.d/00-muster.conf
                    if command -v restorecon >/dev/null 2>&1; then
                        restorecon -R /home/%2$s /etc/ssh /etc/sudoers.d /etc/hostname
                    fi
                    systemctl restart ssh 2>/dev/null || systemctl restart sshd
                    : > /var/lib/muster-first-boot
                fi
                """.formatted(
                                request.name(),
                                UserData.LOGIN_USER,
                                request.authorizedKey(),
                                UserData.keyType(request.hostKey()),
                                request.hostKey().privateKey().strip(),
                                request.hostKey().publicKey())
                + endsAt.map(UserData::shutdown).orElse("");
    }
}
