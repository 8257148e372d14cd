package io.muster.provider;

import java.time.Instant;
import java.util.Optional;

/**
 * One node that exists, as its tags and the provider tell.
 *
 * @param cluster name of the cluster
 * @param name name of the node
 * @param index index in the cluster, from 0; -1 when its tags are lost
 * @param slots ranks that it may hold; 0 when its tags are lost
 * @param providerId the provider's own name for it: process, container, instance
 * @param hostPublicKey public host key in one line; empty when its tags are lost or the node is not bound to one
 * @param createdAt when it was asked for
 * @param state what is known of it now
 */
public record ProvidedNode(
        String cluster,
        String name,
        int index,
        int slots,
        String providerId,
        String hostPublicKey,
        Instant createdAt,
        NodeState state) {

    /** Where to log in, when the node runs. */
    public Optional<SshAddress> ssh() {
        return state instanceof NodeState.Running running ? Optional.of(running.ssh()) : Optional.empty();
    }

    public boolean isRunning() {
        return state instanceof NodeState.Running;
    }
}
