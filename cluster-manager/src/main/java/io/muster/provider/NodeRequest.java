package io.muster.provider;

import java.util.Optional;

/**
 * One node to be created.
 *
 * @param cluster name of the cluster
 * @param name name of the node, unique in the cluster
 * @param index index of the node in the cluster, from 0
 * @param slots ranks that the node may hold
 * @param cores cores that the node must have at least, where the provider chooses its size
 * @param memoryBytes memory that the node must have at least, where the provider chooses its size
 * @param image operating system of the node, where the provider has a choice: an alias such as {@code debian-12} or the
 *     provider's own name; empty for the provider's default
 * @param authorizedKey public key that may log in, as a line of an {@code authorized_keys} file
 * @param hostKey key that the node's SSH server must show, where the provider can give it one
 * @param source where the node comes from
 */
public record NodeRequest(
        String cluster,
        String name,
        int index,
        int slots,
        int cores,
        long memoryBytes,
        Optional<String> image,
        String authorizedKey,
        HostKey hostKey,
        NodeSource source) {

    public NodeRequest {
        Names.checked("cluster", cluster);
        Names.checked("node", name);
        if (index < 0 || slots < 1 || cores < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException("node " + name + ": index " + index + ", slots " + slots + ", cores "
                    + cores + ", memory " + memoryBytes + " B");
        }
        authorizedKey = authorizedKey.strip();
        if (authorizedKey.isEmpty() || authorizedKey.lines().count() != 1) {
            throw new IllegalArgumentException("node " + name + ": the authorized key must be one line");
        }
    }
}
