package io.muster.provider.cloud.standin;

/** The container of one instance. Its minutes are ten seconds long, so that a lifetime can be seen to end. */
final class Container {
    static final String IMAGE = "muster-base:latest";

    private static final String BOOT = """
            set -e
            useradd --create-home --shell /bin/bash "$LOGIN"
            usermod -p '*' "$LOGIN"
            mkdir -p "/home/$LOGIN/.ssh" /run/sshd
            printf '%s\\n' "$AUTHORIZED_KEY" > "/home/$LOGIN/.ssh/authorized_keys"
            chown -R "$LOGIN" "/home/$LOGIN/.ssh"
            chmod -R go= "/home/$LOGIN/.ssh"
            rm -f /etc/ssh/ssh_host_*
            printf '%s' "$HOST_KEY" > /etc/ssh/ssh_host_ed25519_key
            chmod 600 /etc/ssh/ssh_host_ed25519_key
            printf '#!/bin/sh\\n(sleep $((${2#+} * 10)); kill 1) &\\n' > /usr/local/sbin/shutdown
            chmod 755 /usr/local/sbin/shutdown
            if [ -n "$PER_BOOT" ]; then sh -c "$PER_BOOT"; fi
            unset HOST_KEY AUTHORIZED_KEY PER_BOOT
            exec /usr/sbin/sshd -D -e -o MaxSessions=200 -o MaxStartups=200:30:400 -o UseDNS=no
            """;

    private Container() {}

    /** Why this machine cannot run one; empty when it can. */
    static String missing() {
        try {
            Command.run("docker", "image", "inspect", IMAGE);
            return "";
        } catch (IllegalStateException e) {
            return "no Docker Engine with an image " + IMAGE + ": " + e.getMessage();
        }
    }

    static void start(String name, String network, String address, String hostName, UserDataReader data) {
        Command.run(
                "docker",
                "run",
                "--detach",
                "--name",
                name,
                "--hostname",
                hostName.isEmpty() ? name : hostName,
                "--network",
                network,
                "--ip",
                address,
                "--shm-size",
                "1g",
                "--env",
                "LOGIN=" + data.user(),
                "--env",
                "HOST_KEY=" + data.hostKey(),
                "--env",
                "AUTHORIZED_KEY=" + data.authorizedKey(),
                "--env",
                "PER_BOOT=" + data.perBoot(),
                IMAGE,
                "sh",
                "-c",
                BOOT);
    }

    static boolean runs(String name) {
        return Command.run("docker", "ps", "--quiet", "--filter", "name=^" + name + "$")
                        .strip()
                        .length()
                > 0;
    }

    static void remove(String name) {
        Command.run("docker", "rm", "--force", name);
    }
}
