package io.muster.state;

import io.muster.spec.ClusterName;
import java.time.Instant;
import java.util.Optional;

/**
 * A cluster as the store knows it.
 *
 * @param specYaml the sizing file that it was last brought up with
 * @param wanted what the user last asked for
 * @param phase where it is
 * @param changedAt time of its last change; changes of nodes and jobs do not count
 */
public record StoredCluster(
        ClusterId id,
        ClusterName name,
        String provider,
        String specYaml,
        Wanted wanted,
        ClusterPhase phase,
        Instant createdAt,
        Instant changedAt,
        Optional<Instant> destroyedAt) {}
