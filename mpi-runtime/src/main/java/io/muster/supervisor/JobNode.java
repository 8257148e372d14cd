package io.muster.supervisor;

/**
 * A node of a job, as the supervisor reaches it.
 *
 * @param name name of the node in its cluster
 * @param address IP address that the other nodes of the job reach
 * @param agentPort TCP port of the agent at that address
 */
public record JobNode(String name, String address, int agentPort) {}
