package io.muster.spec;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the record of a file whose values are all right. */
final class SpecAssembly {
    private final Values values;

    private SpecAssembly(Values values) {
        this.values = values;
    }

    static ClusterSpec of(Values values) {
        SpecAssembly assembly = new SpecAssembly(values);
        return new ClusterSpec(
                new ClusterName(values.text("cluster").orElseThrow()),
                values.text("provider").orElseThrow(),
                assembly.cloud(),
                values.groups().stream().map(assembly::group).toList(),
                assembly.runtimes(),
                assembly.limits());
    }

    private CloudSpec cloud() {
        return new CloudSpec(
                values.text("region"),
                values.text("zone"),
                values.text("endpoint").map(URI::create),
                values.text("network.subnet"),
                values.text("network.address").map(AddressChoice::named).orElse(AddressChoice.PUBLIC),
                values.text("network.jump"),
                values.isTrue("network.placement"));
    }

    private NodeGroup group(String path) {
        List<HostSpec> hosts =
                values.elements(path + ".hosts").stream().map(this::host).toList();
        OptionalInt count = values.whole(path + ".count");
        return new NodeGroup(
                values.text(path + ".name").orElse(""),
                hosts.isEmpty() ? count.orElseThrow() : hosts.size(),
                values.whole(path + ".minimum"),
                values.whole(path + ".slots"),
                values.whole(path + ".cores"),
                memory(path + ".memory"),
                texts(path + ".type"),
                values.text(path + ".image"),
                values.isTrue(path + ".spot"),
                memory(path + ".disk"),
                hosts);
    }

    private HostSpec host(String path) {
        Optional<String> text = values.text(path);
        if (text.isPresent()) {
            return HostSpec.parse(text.get());
        }
        return new HostSpec(
                values.text(path + ".address").orElseThrow(),
                values.text(path + ".user"),
                values.whole(path + ".port"),
                values.text(path + ".key"),
                values.text(path + ".jump"),
                values.whole(path + ".slots"));
    }

    private List<RuntimeSpec> runtimes() {
        String path = "runtime";
        return values.isList(path)
                ? values.elements(path).stream().map(this::runtime).toList()
                : List.of(runtime(path));
    }

    private RuntimeSpec runtime(String path) {
        MpiRuntime kind = values.text(path)
                .or(() -> values.text(path + ".name"))
                .flatMap(MpiRuntime::named)
                .orElse(MpiRuntime.MUSTER);
        return new RuntimeSpec(
                kind,
                values.text(path + ".version"),
                values.text(path + ".home"),
                texts(path + ".packages"),
                texts(path + ".modules"));
    }

    /** A list of texts, or the one that stands in place of it. */
    private List<String> texts(String path) {
        return values.isList(path)
                ? values.elements(path).stream()
                        .flatMap(each -> values.text(each).stream())
                        .toList()
                : values.text(path).stream().toList();
    }

    private Limits limits() {
        Optional<Duration> idle = values.text("limits.idle").map(TimeSpan::parse);
        Optional<Duration> lifetime = values.text("limits.lifetime").map(TimeSpan::parse);
        Optional<Money> budget = values.text("limits.budget").map(Money::parse);
        return new Limits(idle, lifetime, budget);
    }

    private Optional<MemorySize> memory(String path) {
        return values.text(path).map(MemorySize::parse);
    }
}
