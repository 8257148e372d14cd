package io.muster.api;

import java.nio.file.Path;
import java.util.List;

/**
 * How to log in to a node with the real ssh client.
 *
 * @param config an ssh_config that knows all nodes of the cluster
 * @param command the command line to run
 * @param settings line of a shell on the node that sets up an MPI library for what follows it; may be empty
 */
public record SshAccess(String node, Path config, List<String> command, String settings) {}
