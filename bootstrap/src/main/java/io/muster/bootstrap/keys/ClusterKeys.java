package io.muster.bootstrap.keys;

import java.io.IOException;
import java.nio.file.Path;

/**
 * All keys of one cluster, in one folder of mode 0700: the SSH key that logs in to the nodes, the TLS key of the agents
 * and the host keys that nodes are created with.
 *
 * @param folder where the files are
 * @param ssh logs in to every node
 * @param tls agents and manager show it to each other
 */
public record ClusterKeys(Path folder, SshKeyPair ssh, TlsIdentity tls) {
    /** Reads the keys, or makes those that are missing. Blocks on the disk. Not for two processes at once. */
    public static ClusterKeys loadOrCreate(Path folder) throws IOException {
        KeyFiles.createFolder(folder);
        return new ClusterKeys(
                folder, SshKeyPair.loadOrCreate(folder.resolve("id_ed25519")), TlsIdentity.loadOrCreate(folder));
    }

    /** The host key pair that the named node is created with: the same one every time. */
    public SshKeyPair hostKey(String node) throws IOException {
        if (!node.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("node name '" + node + "' cannot be a file name");
        }
        return SshKeyPair.loadOrCreate(folder.resolve(node + "_host_ed25519"));
    }
}
