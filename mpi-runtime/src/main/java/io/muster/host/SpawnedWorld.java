package io.muster.host;

import io.muster.wireup.SpawnPart;
import java.util.List;

/**
 * What makes a world of ranks one that was spawned.
 *
 * @param jobId of the job that the ranks belong to, in whose folder they work
 * @param parentPort the port at which their parents accept them; a secret
 * @param parts what they run, in rank order
 */
public record SpawnedWorld(String jobId, String parentPort, List<SpawnPart> parts) {
    public SpawnedWorld {
        parts = List.copyOf(parts);
    }

    /** Number of ranks. */
    public int size() {
        return parts.stream().mapToInt(SpawnPart::ranks).sum();
    }

    /** The index of what a rank runs. */
    public int partOf(int rank) {
        int part = 0;
        int first = 0;
        while (rank >= first + parts.get(part).ranks()) {
            first += parts.get(part).ranks();
            part++;
        }
        return part;
    }

    /** The names of what they run, for people. */
    public String title() {
        return String.join(", ", parts.stream().map(SpawnPart::title).distinct().toList());
    }
}
