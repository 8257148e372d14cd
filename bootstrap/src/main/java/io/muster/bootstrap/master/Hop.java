package io.muster.bootstrap.master;

import io.muster.bootstrap.ssh.SshTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One SSH server on the way to a node, in a form that can be sent.
 *
 * @param node name for messages
 * @param host as the server before it reaches this one
 * @param hostKey the key that it must show, as a line of a public key file
 * @param port TCP port
 * @param user login name
 * @param identity private key file that logs in
 */
public record Hop(String node, String host, int port, String user, String hostKey, String identity) {
    /** The way to a node: jump hosts first, the node last. */
    static List<Hop> way(SshTarget target) {
        List<Hop> hops = new ArrayList<>(target.jump().map(Hop::way).orElseGet(List::of));
        hops.add(new Hop(
                target.node(),
                target.host(),
                target.port(),
                target.user(),
                target.hostKey(),
                target.identity().toString()));
        return hops;
    }

    /** The node at the end of a way, which has one hop or more. */
    static SshTarget target(List<Hop> way) {
        Hop last = way.getLast();
        List<Hop> before = way.subList(0, way.size() - 1);
        return new SshTarget(
                last.node,
                last.host,
                last.port,
                last.user,
                last.hostKey,
                Path.of(last.identity),
                before.isEmpty() ? Optional.empty() : Optional.of(target(before)));
    }
}
