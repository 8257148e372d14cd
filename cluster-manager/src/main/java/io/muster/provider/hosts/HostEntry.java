package io.muster.provider.hosts;

import io.muster.bootstrap.ssh.SshTarget;
import io.muster.provider.NodeRequest;
import io.muster.spec.HostSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * What the manager remembers of a machine that it took or was about to take.
 *
 * @param host the machine as the sizing file names it
 * @param access empty until the first login
 */
record HostEntry(
        String cluster,
        String node,
        int index,
        int slots,
        HostSpec host,
        Instant createdAt,
        Optional<HostAccess> access) {

    static HostEntry intent(NodeRequest request, HostSpec host, Instant now) {
        return new HostEntry(
                request.cluster(), request.name(), request.index(), request.slots(), host, now, Optional.empty());
    }

    /** The same machine as the sizing file has it now. */
    HostEntry asked(NodeRequest request, HostSpec named) {
        return new HostEntry(cluster, node, request.index(), request.slots(), named, createdAt, access);
    }

    HostEntry reached(HostAccess by, Instant since) {
        return new HostEntry(cluster, node, index, slots, host, since, Optional.of(by));
    }

    Properties properties() {
        Properties all = new Properties();
        all.setProperty("cluster", cluster);
        all.setProperty("node", node);
        all.setProperty("index", Integer.toString(index));
        all.setProperty("slots", Integer.toString(slots));
        all.setProperty("created-at", createdAt.toString());
        all.setProperty("host.address", host.address());
        host.user().ifPresent(user -> all.setProperty("host.user", user));
        host.port().ifPresent(port -> all.setProperty("host.port", Integer.toString(port)));
        host.key().ifPresent(key -> all.setProperty("host.key", key));
        host.jump().ifPresent(jump -> all.setProperty("host.jump", jump));
        access.ifPresent(by -> {
            all.setProperty("private-address", by.address());
            put(all, "login", by.target());
        });
        return all;
    }

    private static void put(Properties all, String prefix, SshTarget target) {
        all.setProperty(prefix + ".host", target.host());
        all.setProperty(prefix + ".port", Integer.toString(target.port()));
        all.setProperty(prefix + ".user", target.user());
        all.setProperty(prefix + ".host-key", target.hostKey());
        all.setProperty(prefix + ".identity", target.identity().toString());
        target.jump().ifPresent(jump -> put(all, prefix + ".jump", jump));
    }

    /** Reads what {@link #properties} wrote; throws an unchecked exception when something is missing or wrong. */
    static HostEntry of(Properties all) {
        String node = text(all, "node");
        HostSpec host = new HostSpec(
                text(all, "host.address"),
                maybe(all, "host.user"),
                maybe(all, "host.port")
                        .map(Integer::valueOf)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                maybe(all, "host.key"),
                maybe(all, "host.jump"),
                OptionalInt.empty());
        return new HostEntry(
                text(all, "cluster"),
                node,
                Integer.parseInt(text(all, "index")),
                Integer.parseInt(text(all, "slots")),
                host,
                Instant.parse(text(all, "created-at")),
                maybe(all, "private-address").map(address -> new HostAccess(target(all, "login", node), address)));
    }

    private static SshTarget target(Properties all, String prefix, String name) {
        String jump = prefix + ".jump";
        return new SshTarget(
                name,
                text(all, prefix + ".host"),
                Integer.parseInt(text(all, prefix + ".port")),
                text(all, prefix + ".user"),
                text(all, prefix + ".host-key"),
                Path.of(text(all, prefix + ".identity")),
                maybe(all, jump + ".host").map(_ -> target(all, jump, SshTarget.JUMP_HOST)));
    }

    private static String text(Properties all, String name) {
        return maybe(all, name).orElseThrow(() -> new IllegalArgumentException("it has no " + name));
    }

    private static Optional<String> maybe(Properties all, String name) {
        return Optional.ofNullable(all.getProperty(name));
    }
}
