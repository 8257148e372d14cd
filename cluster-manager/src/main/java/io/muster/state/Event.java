package io.muster.state;

import io.muster.spec.ClusterName;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened.
 *
 * @param id rises with every event of the store
 * @param node name of the node it is about
 * @param job the job it is about
 * @param message what changed and why, for a person
 * @param details values seen, may be empty
 */
public record Event(
        long id,
        Instant time,
        ClusterId cluster,
        ClusterName clusterName,
        Optional<String> node,
        Optional<JobId> job,
        EventKind kind,
        String message,
        String details) {}
