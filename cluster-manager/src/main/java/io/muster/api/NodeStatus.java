package io.muster.api;

/**
 * A node as it stands.
 *
 * @param address where SSH reaches it, host:port; "" when it has none yet
 * @param message what is wrong with it, "" when nothing is
 */
public record NodeStatus(String node, int slots, Health health, String address, String message) {
    /** How a node is, from the provider's and its agent's answer. */
    public enum Health {
        /** Wanted and not created yet. */
        WANTED,
        /** Exists; its agent does not answer. */
        UNREACHABLE,
        READY,
        /** The provider does not list it any more. */
        GONE
    }
}
