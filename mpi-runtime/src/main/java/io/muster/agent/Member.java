package io.muster.agent;

/**
 * A node of the cluster, as its agents reach each other.
 *
 * @param name name of the node
 * @param host its address on the private network
 * @param port TCP port of its agent
 * @param slots ranks that it may hold
 */
public record Member(String name, String host, int port, int slots) {}
