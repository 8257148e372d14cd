package io.muster.mpi.engine;

import java.util.Comparator;
import java.util.UUID;

/** A process among those of all jobs: its job, and its rank there. All processes order them alike. */
public record ProcessId(UUID job, int rank) implements Comparable<ProcessId> {
    private static final Comparator<ProcessId> ORDER =
            Comparator.comparing(ProcessId::job).thenComparingInt(ProcessId::rank);

    @Override
    public int compareTo(ProcessId other) {
        return ORDER.compare(this, other);
    }
}
