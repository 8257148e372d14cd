package io.muster.cluster;

import java.util.ArrayList;
import java.util.List;

/** Says in a line how two sizing files differ. */
final class SpecDifference {
    private SpecDifference() {}

    static String between(String standing, String wanted) {
        List<String> before =
                new ArrayList<>(standing.lines().map(String::strip).toList());
        List<String> after = new ArrayList<>(wanted.lines().map(String::strip).toList());
        List<String> both = new ArrayList<>(before);
        both.retainAll(after);
        before.removeAll(both);
        after.removeAll(both);
        return "it stands with [" + String.join("; ", before) + "], wanted is [" + String.join("; ", after) + "]";
    }
}
