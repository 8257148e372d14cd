package io.muster.spec;

import java.util.List;
import java.util.Optional;

/** A value of a file and where it stands. */
sealed interface Located {
    Spot at();

    /**
     * Where something stands: line and column from 1, columns in Unicode characters, and how wide it is.
     */
    record Spot(int line, int column, int width) {}

    /** What a scalar is in YAML. */
    enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        NOTHING
    }

    record Scalar(Spot at, Kind kind, String text) implements Located {}

    record Entry(String key, Spot keyAt, Located value) {}

    record Mapping(Spot at, List<Entry> entries) implements Located {
        Optional<Located> get(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }
    }

    record Sequence(Spot at, List<Located> items) implements Located {}
}
