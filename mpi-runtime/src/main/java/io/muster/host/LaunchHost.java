package io.muster.host;

/**
 * A node in the host file of a library's launcher.
 *
 * @param name name of the node
 * @param ranks how many ranks it gets
 */
public record LaunchHost(String name, int ranks) {}
