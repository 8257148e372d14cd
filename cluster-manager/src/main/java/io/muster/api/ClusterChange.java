package io.muster.api;

import java.util.List;

/**
 * What {@link MusterApi#up} would change of a cluster that stands.
 *
 * @param added names of nodes that would come
 * @param removed names of nodes that would go
 * @param settings other differences, as sentences
 */
public record ClusterChange(List<String> added, List<String> removed, List<String> settings) {
    /** Nothing would change, or nothing stands. */
    public static final ClusterChange NONE = new ClusterChange(List.of(), List.of(), List.of());

    public ClusterChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        settings = List.copyOf(settings);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && settings.isEmpty();
    }
}
