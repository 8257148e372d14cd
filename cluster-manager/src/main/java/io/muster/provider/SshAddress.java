package io.muster.provider;

import java.util.List;

/**
 * Where and as whom to log in to a node.
 *
 * @param host host name or IP address, as the manager reaches it
 * @param port TCP port of the SSH server
 * @param user login name
 * @param jumps machines to go through, the one that this machine reaches first; {@code host} is as seen from the last
 */
public record SshAddress(String host, int port, String user, List<JumpHost> jumps) {

    public SshAddress {
        jumps = List.copyOf(jumps);
        if (host.isBlank() || user.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("SSH address " + user + "@" + host + ":" + port);
        }
    }

    /** One that is reached directly. */
    public SshAddress(String host, int port, String user) {
        this(host, port, user, List.of());
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
