package io.muster.provider;

import java.nio.file.Path;

/**
 * A machine that the manager goes through to reach a node.
 *
 * @param host host name or IP address, as seen from the machine before it
 * @param port TCP port of its SSH server
 * @param user login name
 * @param hostKey public host key that it must show, in one line
 * @param identity private key that logs in
 */
public record JumpHost(String host, int port, String user, String hostKey, Path identity) {}
