package io.muster.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files with which the user's own {@code ssh}, {@code scp} and {@code sftp} reach the nodes of a cluster by name:
 * {@code ssh -F FOLDER/ssh_config heat-2}. Host keys are pinned; the user's own configuration plays no part.
 *
 * @param config the configuration, for {@code ssh -F}
 * @param knownHosts the host keys
 */
public record SshConfigFile(Path config, Path knownHosts) {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Writes {@code ssh_config} and {@code known_hosts} for the nodes that run, each whole or not at all, mode 0600.
     * Blocks for file access only.
     *
     * @param folder existing folder that takes the files
     * @param identity private key that may log in
     * @throws IOException when the folder takes no files
     * @throws IllegalArgumentException when a path has a character that an ssh configuration cannot hold
     */
    public static SshConfigFile write(Path folder, Path identity, List<ProvidedNode> nodes) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        SshConfigFile files = new SshConfigFile(home.resolve("ssh_config"), home.resolve("known_hosts"));
        StringBuilder config = new StringBuilder();
        StringBuilder known = new StringBuilder();
        Map<String, String> jumps = new LinkedHashMap<>();
        for (ProvidedNode node : nodes) {
            if (node.ssh().isPresent()) {
                SshAddress address = node.ssh().get();
                String through = "";
                for (JumpHost jump : address.jumps()) {
                    through = jump(jump, through, jumps, files.knownHosts(), config, known);
                }
                String key = quoted(identity.toAbsolutePath());
                config.append(host(node.name(), address, key, quoted(files.knownHosts()), through));
                known.append(known(node.name(), node.hostPublicKey()));
            }
        }
        replace(files.config(), config.toString());
        replace(files.knownHosts(), known.toString());
        return files;
    }

    /** Adds a jump host unless it is there; returns its name in the configuration. */
    private static String jump(
            JumpHost jump,
            String through,
            Map<String, String> jumps,
            Path knownHosts,
            StringBuilder config,
            StringBuilder known) {
        String key = jump + " " + through;
        String there = jumps.get(key);
        if (there != null) {
            return there;
        }
        String name = "muster-jump-" + (jumps.size() + 1);
        jumps.put(key, name);
        SshAddress address = new SshAddress(jump.host(), jump.port(), jump.user());
        config.append(host(name, address, quoted(jump.identity().toAbsolutePath()), quoted(knownHosts), through));
        known.append(known(name, jump.hostKey()));
        return name;
    }

    private static String known(String name, String hostKey) {
        return name + " " + hostKey + "\n";
    }

    private static String host(String name, SshAddress address, String identity, String knownHosts, String through) {
        return """
                Host %s
                  HostName %s
                  Port %d
                  User %s
                  IdentityFile %s
                  IdentitiesOnly yes
                  IdentityAgent none
                  HostKeyAlias %s
                  UserKnownHostsFile %s
                  GlobalKnownHostsFile /dev/null
                  StrictHostKeyChecking yes
                  UpdateHostKeys no
                  PreferredAuthentications publickey
                  LogLevel ERROR
                %s
                """.formatted(
                        name,
                        address.host(),
                        address.port(),
                        address.user(),
                        identity,
                        name,
                        knownHosts,
                        through.isEmpty() ? "" : "  ProxyJump " + through + "\n");
    }

    private static String quoted(Path path) {
        String text = path.toString();
        if (text.contains("\"") || text.contains("\n")) {
            throw new IllegalArgumentException("an ssh configuration cannot name this path: " + text);
        }
        // ssh expands % in these values
        return '"' + text.replace("%", "%%") + '"';
    }

    private static void replace(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, OWNER_ONLY);
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
