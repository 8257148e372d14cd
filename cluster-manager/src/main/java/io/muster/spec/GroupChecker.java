package io.muster.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks what no key shows alone: numbers that contradict each other, names and hosts that stand twice. */
final class GroupChecker {
    private final ProblemSink problems;
    private final Values values;
    private final Map<String, Located.Spot> names = new HashMap<>();
    private final Map<String, Located.Spot> hosts = new HashMap<>();

    GroupChecker(ProblemSink problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    /** Looks at the groups as far as their values are right. */
    void check(Located root) {
        Optional<Located.Entry> nodes = entry(root, "nodes");
        if (nodes.isEmpty()) {
            return;
        }
        Located value = nodes.get().value();
        List<Located> groups = value instanceof Located.Sequence list ? list.items() : List.of(value);
        long sum = 0;
        for (int i = 0; i < groups.size(); i++) {
            sum += group(groups.get(i), value instanceof Located.Sequence ? "nodes[" + i + "]" : "nodes");
        }
        if (sum > NodeGroup.MAX_COUNT) {
            problems.add(
                    nodes.get().keyAt(),
                    "nodes",
                    "the groups have " + sum + " nodes together, more than a cluster may have",
                    "nodes",
                    "Stay below " + (NodeGroup.MAX_COUNT + 1) + " nodes.");
        }
    }

    /** Returns the number of nodes of the group. */
    private int group(Located group, String path) {
        List<Located> machines = entry(group, "hosts")
                .map(Located.Entry::value)
                .map(value -> value instanceof Located.Sequence list ? list.items() : List.<Located>of())
                .orElse(List.of());
        int count = values.whole(path + ".count").orElse(machines.size());
        if (!machines.isEmpty() && count != machines.size()) {
            wrong(
                    group,
                    "count",
                    path,
                    "count is " + count + ", and there "
                            + (machines.size() == 1 ? "is 1 host" : "are " + machines.size() + " hosts"),
                    "Leave count out: it is the number of hosts.");
        }
        int nodes = machines.isEmpty() ? count : machines.size();
        int minimum = values.whole(path + ".minimum").orElse(0);
        if (nodes > 0 && minimum > nodes) {
            wrong(
                    group,
                    "minimum",
                    path,
                    "minimum is " + minimum + ", more than the nodes there are to be",
                    "Write a number from 1 to " + nodes + ", or leave it out: all " + nodes + " are needed then.");
        }
        values.text(path + ".name")
                .ifPresent(name -> entry(group, "name")
                        .ifPresent(entry -> once(
                                names,
                                name,
                                entry.value().at(),
                                path + ".name",
                                "a group of this name stands already")));
        for (int i = 0; i < machines.size(); i++) {
            String at = path + ".hosts[" + i + "]";
            Located.Spot spot = machines.get(i).at();
            endpoint(at).ifPresent(endpoint -> once(hosts, endpoint, spot, at, "this host stands already"));
        }
        return nodes;
    }

    private Optional<String> endpoint(String path) {
        Optional<HostSpec> host = values.text(path)
                .map(HostSpec::parse)
                .or(() -> values.text(path + ".address")
                        .map(address -> new HostSpec(
                                address,
                                Optional.empty(),
                                values.whole(path + ".port"),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty())));
        return host.map(HostSpec::endpoint);
    }

    private void once(Map<String, Located.Spot> seen, String what, Located.Spot at, String path, String problem) {
        Located.Spot first = seen.putIfAbsent(what, at);
        if (first != null) {
            problems.add(
                    at, path, problem + " in line " + first.line(), what, "Each may stand once: change or remove one.");
        }
    }

    private void wrong(Located group, String key, String path, String what, String advice) {
        entry(group, key)
                .ifPresent(entry -> problems.add(
                        entry.value().at(),
                        path + "." + key,
                        what,
                        entry.value() instanceof Located.Scalar scalar ? scalar.text() : "",
                        advice));
    }

    private static Optional<Located.Entry> entry(Located owner, String key) {
        List<Located.Entry> entries = owner instanceof Located.Mapping mapping ? mapping.entries() : List.of();
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
}
