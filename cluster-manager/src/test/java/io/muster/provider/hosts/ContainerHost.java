package io.muster.provider.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine that exists, as the provider sees it: a container with an SSH server of its own, the user {@code sim} and
 * that user's key. The server also listens at a second port.
 *
 * @param name name of the container, which machines on its network resolve
 * @param address its IP address on the network that it was started on
 */
record ContainerHost(String name, String address) {
    static final String IMAGE = "muster-base:latest";
    static final String USER = "sim";
    static final int SECOND_PORT = 2222;

    private static final String START = """
            useradd -m -s /bin/sh sim && usermod -p '*' sim
            mkdir -p /run/sshd /home/sim/.ssh && rm -f /etc/ssh/ssh_host_*
            echo "$1" >/home/sim/.ssh/authorized_keys
            chmod 700 /home/sim/.ssh && chmod 600 /home/sim/.ssh/authorized_keys && chown -R sim:sim /home/sim/.ssh
            ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
            exec /usr/sbin/sshd -D -e -p 22 -p 2222 -o UseDNS=no
            """;

    static ContainerHost start(String name, String network, String authorizedKey) throws IOException {
        docker(
                "run",
                "-d",
                "--init",
                "--name",
                name,
                "--hostname",
                name,
                "--network",
                network,
                "--entrypoint",
                "/bin/sh",
                IMAGE,
                "-c",
                START,
                "start",
                authorizedKey);
        String address = docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name)
                .strip();
        ContainerHost host = new ContainerHost(name, address);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> host.sh("grep -qs ':0016 ' /proc/net/tcp && echo yes || echo no")
                        .equals("yes\n"));
        return host;
    }

    /** Runs a script as root. */
    String sh(String script) throws IOException {
        return docker("exec", name, "/bin/sh", "-c", script);
    }

    /** Runs a script as the user. */
    String asUser(String script) throws IOException {
        return docker("exec", "-u", USER, "-w", "/home/" + USER, name, "/bin/sh", "-c", script);
    }

    String hostKey() throws IOException {
        String[] words = sh("cat /etc/ssh/ssh_host_ed25519_key.pub").split(" ");
        return words[0] + " " + words[1];
    }

    /** All files of the user and of shared memory with mode, size and link, and what stands in the user's own. */
    String files() throws IOException {
        return sh("find /home/sim /dev/shm -printf '%p %M %u %l\\n' | sort; cat /home/sim/.ssh/authorized_keys;"
                + " cat /home/sim/.ssh/config 2>/dev/null || true");
    }

    /** Processes of the user. */
    String processes() throws IOException {
        return sh("for p in /proc/[0-9]*; do [ \"$(stat -c %U $p 2>/dev/null)\" != sim ] || tr '\\000' ' ' <$p/cmdline;"
                + " done");
    }

    void remove() throws IOException {
        docker("rm", "-f", "-v", name);
    }

    static String docker(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + said)
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return said;
    }
}
