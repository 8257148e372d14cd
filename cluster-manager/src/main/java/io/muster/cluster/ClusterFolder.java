package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.provider.HostKey;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keys and ssh_config of one cluster, in a folder of the manager that goes when the cluster goes.
 *
 * @param folder mode 0700
 */
public record ClusterFolder(Path folder, ClusterKeys keys) {
    /** Reads the folder, or makes it with new keys. */
    public static ClusterFolder of(MusterHome home, String cluster) {
        Path folder = home.cluster(cluster);
        try {
            return new ClusterFolder(folder, ClusterKeys.loadOrCreate(keysOf(folder)));
        } catch (IOException e) {
            throw broken(folder, e);
        }
    }

    HostKey hostKey(String node) {
        try {
            var pair = keys.hostKey(node);
            return new HostKey(pair.privateKeyText(), pair.publicLine());
        } catch (IOException e) {
            throw broken(folder, e);
        }
    }

    /** The ssh_config for the real ssh client. */
    public Path sshConfig() {
        return folder.resolve("ssh_config");
    }

    void writeSshConfig(List<ProvidedNode> nodes) {
        try {
            SshConfigFile.write(folder, keys.ssh().privateKeyFile(), nodes);
        } catch (IOException e) {
            throw broken(folder, e);
        }
    }

    /** Removes the folder; gives where its keys were. */
    static Path delete(MusterHome home, String cluster) {
        Path folder = home.cluster(cluster);
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
            return keysOf(folder);
        } catch (IOException e) {
            throw broken(folder, e);
        }
    }

    private static Path keysOf(Path folder) {
        return folder.resolve("keys");
    }

    private static MusterException broken(Path folder, IOException cause) {
        return new MusterException(
                Kind.INFRASTRUCTURE,
                "the folder of a cluster cannot be used",
                folder.toString(),
                String.valueOf(cause.getMessage()),
                "check that it is yours and that the disk is not full, then run the same command again",
                cause);
    }
}
