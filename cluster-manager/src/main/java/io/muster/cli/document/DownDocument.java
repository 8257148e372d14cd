package io.muster.cli.document;

import io.muster.api.DownReport;

/** What {@code down} prints. */
public record DownDocument(String cluster, int destroyed, int left) {
    public static DownDocument of(DownReport report) {
        return new DownDocument(report.cluster(), report.destroyed(), report.left());
    }
}
