package io.muster.provider;

/**
 * Where and as whom to log in to a node.
 *
 * @param host host name or IP address, as the manager reaches it
 * @param port TCP port of the SSH server
 * @param user login name
 */
public record SshAddress(String host, int port, String user) {

    public SshAddress {
        if (host.isBlank() || user.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("SSH address " + user + "@" + host + ":" + port);
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
