package io.muster.spec;

import java.util.List;
import java.util.Optional;

/** Writes a spec as the shortest sizing file that is read back to the same. */
final class SpecYaml {
    private final StringBuilder yaml = new StringBuilder();

    private SpecYaml() {}

    static String of(ClusterSpec spec) {
        SpecYaml writer = new SpecYaml();
        writer.text("", "cluster", spec.name().text());
        writer.text("", "provider", spec.provider());
        writer.cloud(spec.cloud());
        writer.yaml.append("nodes:\n");
        if (spec.groups().size() == 1 && spec.groups().getFirst().name().isEmpty()) {
            writer.group("  ", "  ", spec.groups().getFirst());
        } else {
            spec.groups().forEach(group -> writer.group("  - ", "    ", group));
        }
        writer.runtimes(spec.runtimes());
        writer.limits(spec.limits());
        return writer.yaml.toString();
    }

    private void cloud(CloudSpec cloud) {
        cloud.region().ifPresent(region -> text("", "region", region));
        cloud.zone().ifPresent(zone -> text("", "zone", zone));
        cloud.endpoint().ifPresent(endpoint -> text("", "endpoint", endpoint.toString()));
        if (cloud.subnet().isEmpty()
                && cloud.jump().isEmpty()
                && !cloud.placement()
                && cloud.address() == AddressChoice.PUBLIC) {
            return;
        }
        yaml.append("network:\n");
        cloud.subnet().ifPresent(subnet -> text("  ", "subnet", subnet));
        if (cloud.address() != AddressChoice.PUBLIC) {
            plain("  ", "address", cloud.address().text());
        }
        cloud.jump().ifPresent(jump -> text("  ", "jump", jump));
        if (cloud.placement()) {
            plain("  ", "placement", true);
        }
    }

    /** {@code first} begins the first line of the group, {@code indent} the others. */
    private void group(String first, String indent, NodeGroup group) {
        String start = first;
        if (!group.name().isEmpty()) {
            text(start, "name", group.name());
            start = indent;
        }
        plain(start, "count", group.count());
        group.minimum().ifPresent(minimum -> plain(indent, "minimum", minimum));
        group.slots().ifPresent(slots -> plain(indent, "slots", slots));
        group.cores().ifPresent(cores -> plain(indent, "cores", cores));
        group.memory().ifPresent(memory -> plain(indent, "memory", memory));
        texts(indent, "type", group.types());
        group.image().ifPresent(image -> text(indent, "image", image));
        if (group.spot()) {
            plain(indent, "spot", true);
        }
        group.disk().ifPresent(disk -> plain(indent, "disk", disk));
        if (!group.hosts().isEmpty()) {
            yaml.append(indent).append("hosts:\n");
            group.hosts().forEach(host -> host(indent + "  ", host));
        }
    }

    private void host(String indent, HostSpec host) {
        String inner = indent + "  ";
        text(indent + "- ", "address", host.address());
        host.user().ifPresent(user -> text(inner, "user", user));
        host.port().ifPresent(port -> plain(inner, "port", port));
        host.key().ifPresent(key -> text(inner, "key", key));
        host.jump().ifPresent(jump -> text(inner, "jump", jump));
        host.slots().ifPresent(slots -> plain(inner, "slots", slots));
    }

    private void runtimes(List<RuntimeSpec> runtimes) {
        if (runtimes.size() == 1) {
            RuntimeSpec only = runtimes.getFirst();
            if (only.equals(RuntimeSpec.of(only.runtime()))) {
                plain("", "runtime", only.runtime().text());
            } else {
                yaml.append("runtime:\n");
                runtime("  ", "  ", only);
            }
            return;
        }
        yaml.append("runtime:\n");
        runtimes.forEach(runtime -> runtime("  - ", "    ", runtime));
    }

    private void runtime(String first, String indent, RuntimeSpec runtime) {
        plain(first, "name", runtime.runtime().text());
        runtime.version().ifPresent(version -> text(indent, "version", version));
        runtime.home().ifPresent(home -> text(indent, "home", home));
        texts(indent, "packages", runtime.packages());
        texts(indent, "modules", runtime.modules());
    }

    private void texts(String indent, String key, List<String> values) {
        if (values.size() == 1) {
            text(indent, key, values.getFirst());
        } else if (!values.isEmpty()) {
            yaml.append(indent).append(key).append(":\n");
            values.forEach(value ->
                    yaml.append(indent).append("  - ").append(quoted(value)).append('\n'));
        }
    }

    private void limits(Limits limits) {
        if (limits.equals(Limits.NONE)) {
            return;
        }
        yaml.append("limits:\n");
        Optional<String> idle = limits.idle().map(TimeSpan::print);
        idle.ifPresent(span -> plain("  ", "idle", span));
        limits.lifetime().ifPresent(span -> plain("  ", "lifetime", TimeSpan.print(span)));
        limits.budget().ifPresent(money -> plain("  ", "budget", money));
    }

    private void text(String indent, String key, String value) {
        yaml.append(indent).append(key).append(": ").append(quoted(value)).append('\n');
    }

    private void plain(String indent, String key, Object value) {
        yaml.append(indent).append(key).append(": ").append(value).append('\n');
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
