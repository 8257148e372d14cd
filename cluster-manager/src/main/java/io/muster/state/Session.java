package io.muster.state;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One open transaction.
 *
 * @param handle on its connection
 * @param now the time that all of its changes have
 */
record Session(Handle handle, Instant now) {

    long nowMs() {
        return now.toEpochMilli();
    }

    /** Writes an event; every write of this package ends here. */
    long event(
            ClusterId cluster, @Nullable String node, @Nullable Integer job, EventKind kind, String change, Cause why) {
        String message = change.isEmpty() ? why.message() : change + ": " + why.message();
        return handle.createUpdate(
                        "INSERT INTO event (time_ms, cluster_id, node_name, job_number, kind, message, details)"
                                + " VALUES (:time, :cluster, :node, :job, :kind, :message, :details)")
                .bind("time", nowMs())
                .bind("cluster", cluster.value())
                .bind("node", node)
                .bind("job", job)
                .bind("kind", kind.name())
                .bind("message", message)
                .bind("details", why.details())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static Optional<Instant> instant(@Nullable Object epochMs) {
        return epochMs instanceof Number number
                ? Optional.of(Instant.ofEpochMilli(number.longValue()))
                : Optional.empty();
    }

    static OptionalInt integer(@Nullable Object value) {
        return value instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }
}
