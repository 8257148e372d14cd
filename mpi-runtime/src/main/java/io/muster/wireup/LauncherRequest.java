package io.muster.wireup;

import java.util.List;

/** What a rank asks its launcher for while it runs; the answer is a {@link LauncherAnswer}. */
public sealed interface LauncherRequest {
    /** Publish a port under a name. */
    record PublishName(String name, String port) implements LauncherRequest {}

    /** Take back a name that this rank has published. */
    record UnpublishName(String name) implements LauncherRequest {}

    /** Tell the port that is published under a name. */
    record LookUpName(String name) implements LauncherRequest {}

    /**
     * Start ranks with a world of their own, which is done when all of them have called Init.
     *
     * @param parentPort port at which this rank accepts them
     */
    record Spawn(String parentPort, List<SpawnPart> parts) implements LauncherRequest {
        public Spawn {
            parts = List.copyOf(parts);
        }
    }
}
