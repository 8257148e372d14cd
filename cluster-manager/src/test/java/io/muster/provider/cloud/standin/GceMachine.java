package io.muster.provider.cloud.standin;

import java.util.List;

/**
 * The container of an instance with Google's guest environment: it starts an SSH server with keys of the image, then
 * runs the startup script of the metadata, whose guest attributes can be read. Its minutes are ten seconds long.
 */
final class GceMachine {
    private static final String ATTRIBUTES =
            "http://metadata.google.internal/computeMetadata/v1/instance/guest-attributes/";

    private static final String BOOT = """
            set -e
            mkdir -p /run/sshd
            printf '#!/bin/sh\\n(sleep $((${2#+} * 10)); kill 1) >/dev/null 2>&1 &\\n' > /usr/local/sbin/shutdown
            printf '#!/bin/sh\\n[ "$1 $2" = "restart ssh" ] && kill -HUP 1\\n' > /usr/local/bin/systemctl
            printf '#!/bin/sh\\nprintf "%%s\\\\n" "$@" > /run/told\\n' > /usr/local/bin/curl
            chmod 755 /usr/local/sbin/shutdown /usr/local/bin/systemctl /usr/local/bin/curl
            exec /usr/sbin/sshd -D -e -o MaxSessions=200 -o MaxStartups=200:30:400 -o UseDNS=no
            """;
    private static final String RUN =
            "printf '%s' \"$SCRIPT\" > /run/startup && chmod 700 /run/startup && /run/startup && cat /run/told";

    private GceMachine() {}

    /** Starts it and runs its script; answers whether the script set this guest attribute. */
    static boolean boot(String name, String network, String address, String script, String attribute) {
        Command.run(
                "docker",
                "run",
                "--detach",
                "--name",
                name,
                "--hostname",
                "localhost",
                "--network",
                network,
                "--ip",
                address,
                "--shm-size",
                "1g",
                Container.IMAGE,
                "sh",
                "-c",
                BOOT);
        List<String> told = Command.run("docker", "exec", "--env", "SCRIPT=" + script, name, "sh", "-c", RUN)
                .lines()
                .toList();
        return told.containsAll(List.of("PUT", "Metadata-Flavor: Google"))
                && told.getLast().equals(ATTRIBUTES + attribute);
    }
}
