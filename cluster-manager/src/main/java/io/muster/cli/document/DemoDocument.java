package io.muster.cli.document;

import java.util.List;
import java.util.Optional;

/** What {@code demo} prints. */
public record DemoDocument(
        String cluster,
        int nodes,
        int ranks,
        List<Phase> phases,
        double totalSeconds,
        List<String> outputs,
        Optional<String> keptCluster) {
    /** One phase and its time. */
    public record Phase(String phase, double seconds) {}
}
