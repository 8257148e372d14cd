package io.muster.bootstrap;

import io.muster.bootstrap.ssh.SshTarget;

/**
 * A node that is to become a member.
 *
 * @param ssh how to get in
 * @param slots ranks that it may hold
 * @param privateAddress address that the other nodes reach it by; its agent listens there
 * @param index place in the cluster, from 0
 */
public record NodeTarget(SshTarget ssh, int slots, String privateAddress, int index) {
    public NodeTarget {
        if (slots < 1) {
            throw new IllegalArgumentException("node " + ssh.node() + " has " + slots + " slots; 1 is the least");
        }
    }

    /** Name of the node. */
    public String name() {
        return ssh.node();
    }

    /** Whether the node is on this machine, as its address tells. */
    boolean isHere() {
        String host = ssh.host();
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
