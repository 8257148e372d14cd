package io.muster.bootstrap.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A way into a machine, of which host key and login key may still be open. A session that comes of it knows both: see
 * {@link SshSession#target()}.
 *
 * @param name what messages call the machine: {@code node heat-3}, {@code jump host}
 * @param host host name or address, as seen from the jump host when there is one
 * @param port TCP port
 * @param user login name
 * @param identities private key files without a pass phrase, in the order to try
 * @param trust which host key it may show
 * @param jump machine to go through; all that go through it at the same time share one connection
 */
public record SshLogin(
        String name,
        String host,
        int port,
        String user,
        List<Path> identities,
        HostTrust trust,
        Optional<SshLogin> jump) {
    public SshLogin {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(name + ": port " + port + " is not in 1..65535");
        }
        identities = List.copyOf(identities);
    }

    /** The same with other keys to try. */
    public SshLogin withIdentities(List<Path> others) {
        return new SshLogin(name, host, port, user, others, trust, jump);
    }

    /** {@code node heat-3 (127.0.0.1:2201)}, as messages begin. */
    @Override
    public String toString() {
        return name + " (" + host + ":" + port + ")";
    }
}
