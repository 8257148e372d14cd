package io.muster.state;

/**
 * How a node is reached over SSH.
 *
 * @param providerId the provider's own id of the node
 * @param host name or IP address
 * @param port of its SSH server
 * @param user to log in as
 * @param hostPublicKey the pinned host key, in the format of {@code authorized_keys}
 */
public record NodeAddress(String providerId, String host, int port, String user, String hostPublicKey) {}
