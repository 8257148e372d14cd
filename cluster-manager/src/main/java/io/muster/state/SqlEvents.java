package io.muster.state;

import io.muster.spec.ClusterName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The event table. */
final class SqlEvents implements Events {
    private static final String SELECT =
            "SELECT event.*, cluster.name AS cluster_name FROM event JOIN cluster ON cluster.id = event.cluster_id";

    private final Sessions sessions;

    SqlEvents(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<Event> of(ClusterId cluster, long afterId, int limit) {
        return sessions.with(session -> session.handle()
                .createQuery(
                        SELECT + " WHERE cluster_id = :cluster AND event.id > :after ORDER BY event.id LIMIT :limit")
                .bind("cluster", cluster.value())
                .bind("after", afterId)
                .bind("limit", limit)
                .map(SqlEvents::row)
                .list());
    }

    @Override
    public List<Event> ofName(ClusterName name, long afterId, int limit) {
        return sessions.with(session -> session.handle()
                .createQuery(
                        SELECT + " WHERE cluster.name = :name AND event.id > :after ORDER BY event.id LIMIT :limit")
                .bind("name", name.text())
                .bind("after", afterId)
                .bind("limit", limit)
                .map(SqlEvents::row)
                .list());
    }

    @Override
    public List<Event> ofJob(JobId id) {
        return sessions.with(session -> session.handle()
                .createQuery(SELECT + " WHERE cluster.name = :name AND job_number = :number ORDER BY event.id")
                .bind("name", id.cluster().text())
                .bind("number", id.number())
                .map(SqlEvents::row)
                .list());
    }

    @Override
    public Event note(ClusterId cluster, Cause cause) {
        return sessions.with(session -> note(session, cluster, null, null, cause));
    }

    @Override
    public Event note(ClusterId cluster, String node, Cause cause) {
        return sessions.with(session -> note(session, cluster, node, null, cause));
    }

    @Override
    public Event note(JobId job, Cause cause) {
        return sessions.with(session -> note(session, SqlJobs.get(session, job).cluster(), null, job.number(), cause));
    }

    private static Event note(
            Session session, ClusterId cluster, @Nullable String node, @Nullable Integer job, Cause cause) {
        SqlClusters.get(session, cluster);
        long id = session.event(cluster, node, job, EventKind.NOTE, "", cause);
        return session.handle()
                .createQuery(SELECT + " WHERE event.id = :id")
                .bind("id", id)
                .map(SqlEvents::row)
                .one();
    }

    private static Event row(ResultSet row, StatementContext context) throws SQLException {
        ClusterName name = new ClusterName(row.getString("cluster_name"));
        Object job = row.getObject("job_number");
        return new Event(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("time_ms")),
                new ClusterId(row.getLong("cluster_id")),
                name,
                Optional.ofNullable(row.getString("node_name")),
                job instanceof Number number ? Optional.of(new JobId(name, number.intValue())) : Optional.empty(),
                EventKind.valueOf(row.getString("kind")),
                row.getString("message"),
                row.getString("details"));
    }
}
