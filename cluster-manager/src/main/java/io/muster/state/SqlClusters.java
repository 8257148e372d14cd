package io.muster.state;

import io.muster.spec.ClusterName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The cluster table. */
final class SqlClusters implements Clusters {
    private final Sessions sessions;

    SqlClusters(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public StoredCluster create(ClusterName name, String provider, String specYaml, Cause cause) {
        return sessions.with(session -> {
            live(session, name).ifPresent(existing -> {
                throw new IllegalStateException("cluster " + name + " exists already, " + existing.phase() + " since "
                        + existing.changedAt() + "; its name is free once it is destroyed");
            });
            long id = session.handle()
                    .createUpdate("INSERT INTO cluster"
                            + " (name, provider, spec_yaml, wanted, phase, created_ms, changed_ms)"
                            + " VALUES (:name, :provider, :spec, :wanted, :phase, :now, :now)")
                    .bind("name", name.text())
                    .bind("provider", provider)
                    .bind("spec", specYaml)
                    .bind("wanted", Wanted.UP.name())
                    .bind("phase", ClusterPhase.CREATING.name())
                    .bind("now", session.nowMs())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            ClusterId cluster = new ClusterId(id);
            session.event(cluster, null, null, EventKind.CLUSTER_CREATED, "", cause);
            return get(session, cluster);
        });
    }

    @Override
    public Optional<StoredCluster> live(ClusterName name) {
        return sessions.with(session -> live(session, name));
    }

    @Override
    public List<StoredCluster> allLive() {
        return sessions.with(session -> session.handle()
                .createQuery("SELECT * FROM cluster WHERE phase <> 'DESTROYED' ORDER BY name")
                .map(SqlClusters::row)
                .list());
    }

    @Override
    public List<StoredCluster> history(ClusterName name) {
        return sessions.with(session -> session.handle()
                .createQuery("SELECT * FROM cluster WHERE name = :name ORDER BY id")
                .bind("name", name.text())
                .map(SqlClusters::row)
                .list());
    }

    @Override
    public Optional<StoredCluster> find(ClusterId id) {
        return sessions.with(session -> find(session, id));
    }

    @Override
    public StoredCluster move(ClusterId id, ClusterPhase phase, Cause cause) {
        return sessions.with(session -> {
            StoredCluster before = get(session, id);
            if (!before.phase().mayBecome(phase)) {
                throw new IllegalStateException(
                        "cluster " + before.name() + " is " + before.phase() + " and cannot become " + phase);
            }
            if (phase == ClusterPhase.DESTROYED) {
                requireNoNode(session, before);
            }
            session.handle()
                    .createUpdate("UPDATE cluster SET phase = :phase, changed_ms = :now, destroyed_ms ="
                            + " CASE WHEN :phase = 'DESTROYED' THEN coalesce(destroyed_ms, :now) END WHERE id = :id")
                    .bind("phase", phase.name())
                    .bind("now", session.nowMs())
                    .bind("id", id.value())
                    .execute();
            session.event(id, null, null, EventKind.CLUSTER_PHASE, before.phase() + " → " + phase, cause);
            return get(session, id);
        });
    }

    @Override
    public StoredCluster want(ClusterId id, Wanted wanted, Cause cause) {
        return set(id, "wanted", wanted.name(), EventKind.CLUSTER_WANTED, "wanted " + wanted, cause);
    }

    @Override
    public StoredCluster respecify(ClusterId id, String specYaml, Cause cause) {
        return set(id, "spec_yaml", specYaml, EventKind.CLUSTER_SPEC, "sizing file replaced", cause);
    }

    static StoredCluster get(Session session, ClusterId id) {
        return find(session, id).orElseThrow(() -> new IllegalArgumentException("no cluster with id " + id));
    }

    private StoredCluster set(ClusterId id, String column, String value, EventKind kind, String change, Cause cause) {
        return sessions.with(session -> {
            get(session, id);
            session.handle()
                    .createUpdate("UPDATE cluster SET " + column + " = :value, changed_ms = :now WHERE id = :id")
                    .bind("value", value)
                    .bind("now", session.nowMs())
                    .bind("id", id.value())
                    .execute();
            session.event(id, null, null, kind, change, cause);
            return get(session, id);
        });
    }

    private static Optional<StoredCluster> find(Session session, ClusterId id) {
        return session.handle()
                .createQuery("SELECT * FROM cluster WHERE id = :id")
                .bind("id", id.value())
                .map(SqlClusters::row)
                .findOne();
    }

    private static Optional<StoredCluster> live(Session session, ClusterName name) {
        return session.handle()
                .createQuery("SELECT * FROM cluster WHERE name = :name AND phase <> 'DESTROYED'")
                .bind("name", name.text())
                .map(SqlClusters::row)
                .findOne();
    }

    private static void requireNoNode(Session session, StoredCluster cluster) {
        List<String> left = session.handle()
                .createQuery("SELECT name FROM node WHERE cluster_id = :id AND state <> 'GONE' ORDER BY node_index")
                .bind("id", cluster.id().value())
                .mapTo(String.class)
                .list();
        if (!left.isEmpty()) {
            throw new IllegalStateException("cluster " + cluster.name() + " still has nodes: " + String.join(", ", left)
                    + "; every node must be gone before it is destroyed");
        }
    }

    private static StoredCluster row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredCluster(
                new ClusterId(row.getLong("id")),
                new ClusterName(row.getString("name")),
                row.getString("provider"),
                row.getString("spec_yaml"),
                Wanted.valueOf(row.getString("wanted")),
                ClusterPhase.valueOf(row.getString("phase")),
                Instant.ofEpochMilli(row.getLong("created_ms")),
                Instant.ofEpochMilli(row.getLong("changed_ms")),
                Session.instant(row.getObject("destroyed_ms")));
    }
}
