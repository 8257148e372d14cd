package io.muster.bootstrap.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a node's SSH server is, which key it must show and which key logs in.
 *
 * @param node name of the node, for messages
 * @param host host name or address; as seen from the jump host when there is one
 * @param port TCP port
 * @param user login name
 * @param hostKey the host key that the server must show, as a line of a public key file: {@code ssh-ed25519 AAAA…}
 * @param identity private key file in OpenSSH format
 * @param jump machine to go through
 */
public record SshTarget(
        String node, String host, int port, String user, String hostKey, Path identity, Optional<SshTarget> jump) {
    /** What messages call a machine that one only goes through. */
    public static final String JUMP_HOST = "jump host";

    public SshTarget {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("node " + node + ": port " + port + " is not in 1..65535");
        }
        try {
            hostKey = new HostTrust.Pinned(hostKey).line();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("node " + node + ": " + e.getMessage(), e);
        }
    }

    /** One that is reached directly. */
    public SshTarget(String node, String host, int port, String user, String hostKey, Path identity) {
        this(node, host, port, user, hostKey, identity, Optional.empty());
    }

    /** {@code node heat-3 (127.0.0.1:2201)}, as messages begin. */
    @Override
    public String toString() {
        return login().toString();
    }

    /** The way in, with nothing left open. */
    public SshLogin login() {
        return new SshLogin(
                node.equals(JUMP_HOST) ? JUMP_HOST : "node " + node,
                host,
                port,
                user,
                List.of(identity),
                new HostTrust.Pinned(hostKey),
                jump.map(SshTarget::login));
    }
}
