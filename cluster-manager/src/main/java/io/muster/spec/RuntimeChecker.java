package io.muster.spec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what no key of a runtime shows alone: one that stands twice, and settings of one that takes none. */
final class RuntimeChecker {
    private static final String KEY = "runtime";

    private final ProblemSink problems;
    private final Values values;
    private final Map<MpiRuntime, Located.Spot> seen = new EnumMap<>(MpiRuntime.class);

    RuntimeChecker(ProblemSink problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    /** Looks at the runtimes as far as their values are right. */
    void check(Located root) {
        Optional<Located> runtime = root instanceof Located.Mapping mapping ? mapping.get(KEY) : Optional.empty();
        if (runtime.isPresent() && runtime.get() instanceof Located.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                check(list.items().get(i), KEY + "[" + i + "]");
            }
        } else {
            runtime.ifPresent(only -> check(only, KEY));
        }
    }

    private void check(Located runtime, String path) {
        Optional<MpiRuntime> kind =
                values.text(path).or(() -> values.text(path + ".name")).flatMap(MpiRuntime::named);
        if (kind.isEmpty()) {
            return;
        }
        Located.Spot first = seen.putIfAbsent(kind.get(), runtime.at());
        if (first != null) {
            problems.add(
                    runtime.at(),
                    path,
                    "this runtime stands already in line " + first.line(),
                    kind.get().text(),
                    "Keep one of them.");
        }
        if (kind.get() == MpiRuntime.MUSTER && runtime instanceof Located.Mapping mapping) {
            List<Located.Entry> more = mapping.entries().stream()
                    .filter(entry -> !entry.key().equals("name"))
                    .toList();
            more.forEach(entry -> problems.add(
                    entry.keyAt(),
                    path + "." + entry.key(),
                    "runtime muster comes with Muster and needs nothing on the nodes",
                    entry.key(),
                    "Remove it."));
        }
    }
}
