package io.muster.bootstrap.ssh;

import java.nio.file.Path;

/**
 * Where a node's SSH server is, which key it must show and which key logs in.
 *
 * @param node name of the node, for messages
 * @param host host name or address
 * @param port TCP port
 * @param user login name
 * @param hostKey the host key that the server must show, as a line of a public key file: {@code ssh-ed25519 AAAA…}
 * @param identity private key file in OpenSSH format
 */
public record SshTarget(String node, String host, int port, String user, String hostKey, Path identity) {
    public SshTarget {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("node " + node + ": port " + port + " is not in 1..65535");
        }
        String[] words = hostKey.strip().split("\\s+");
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "node " + node + ": host key '" + hostKey + "' is not a line like 'ssh-ed25519 AAAA…'");
        }
        hostKey = words[0] + " " + words[1];
    }

    /** {@code node heat-3 (127.0.0.1:2201)}, as messages begin. */
    @Override
    public String toString() {
        return "node " + node + " (" + host + ":" + port + ")";
    }

    String hostKeyType() {
        return hostKey.substring(0, hostKey.indexOf(' '));
    }

    String hostKeyBase64() {
        return hostKey.substring(hostKey.indexOf(' ') + 1);
    }
}
