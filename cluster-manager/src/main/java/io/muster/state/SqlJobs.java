package io.muster.state;

import io.muster.spec.ClusterName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** The job table. */
final class SqlJobs implements Jobs {
    private final Sessions sessions;

    SqlJobs(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public StoredJob submit(ClusterId cluster, String specJson, Cause cause) {
        return sessions.with(session -> {
            StoredCluster owner = SqlClusters.get(session, cluster);
            int number = session.handle()
                    .createQuery("SELECT coalesce(max(number), 0) + 1 FROM job WHERE cluster_name = :name")
                    .bind("name", owner.name().text())
                    .mapTo(Integer.class)
                    .one();
            session.handle()
                    .createUpdate("INSERT INTO job (cluster_id, cluster_name, number, spec_json, state, submitted_ms)"
                            + " VALUES (:cluster, :name, :number, :spec, 'STAGING', :now)")
                    .bind("cluster", cluster.value())
                    .bind("name", owner.name().text())
                    .bind("number", number)
                    .bind("spec", specJson)
                    .bind("now", session.nowMs())
                    .execute();
            session.event(cluster, null, number, EventKind.JOB_SUBMITTED, "", cause);
            return get(session, new JobId(owner.name(), number));
        });
    }

    @Override
    public Optional<StoredJob> find(JobId id) {
        return sessions.with(session -> find(session, id));
    }

    @Override
    public List<StoredJob> of(ClusterId cluster) {
        return sessions.with(session -> session.handle()
                .createQuery("SELECT * FROM job WHERE cluster_id = :cluster ORDER BY number")
                .bind("cluster", cluster.value())
                .map(SqlJobs::row)
                .list());
    }

    @Override
    public List<StoredJob> ofName(ClusterName name) {
        return sessions.with(session -> session.handle()
                .createQuery("SELECT * FROM job WHERE cluster_name = :name ORDER BY number")
                .bind("name", name.text())
                .map(SqlJobs::row)
                .list());
    }

    @Override
    public List<StoredJob> newest(int limit) {
        return sessions.with(session -> session.handle()
                .createQuery("SELECT * FROM job ORDER BY submitted_ms DESC, rowid DESC LIMIT :limit")
                .bind("limit", limit)
                .map(SqlJobs::row)
                .list());
    }

    @Override
    public StoredJob move(JobId id, JobState state, Cause cause) {
        if (state.isEnd()) {
            throw new IllegalArgumentException(
                    "job " + id + " cannot move to " + state + "; an end has its own method");
        }
        return sessions.with(session -> {
            StoredJob before = requireMove(get(session, id), state);
            update(
                            session,
                            id,
                            "state = :state, exit_code = NULL, cause = NULL, ended_ms = NULL, started_ms ="
                                    + " CASE WHEN :state = 'RUNNING' THEN coalesce(started_ms, :now) END")
                    .bind("state", state.name())
                    .bind("now", session.nowMs())
                    .execute();
            session.event(
                    before.cluster(), null, id.number(), EventKind.JOB_STATE, before.state() + " → " + state, cause);
            return get(session, id);
        });
    }

    @Override
    public StoredJob end(JobId id, JobState state, OptionalInt exitCode, Cause cause) {
        return end(id, state, exitCode, Instant.MAX, cause);
    }

    @Override
    public StoredJob end(JobId id, JobState state, OptionalInt exitCode, Instant when, Cause cause) {
        if (!state.isEnd()) {
            throw new IllegalArgumentException("job " + id + ": " + state + " is no end");
        }
        return sessions.with(session -> {
            StoredJob before = requireMove(get(session, id), state);
            update(session, id, "state = :state, exit_code = :exitCode, cause = :cause, ended_ms = :ended")
                    .bind("state", state.name())
                    .bind("exitCode", exitCode.isPresent() ? (Integer) exitCode.getAsInt() : null)
                    .bind("cause", cause.message())
                    .bind("ended", endedMs(before, when, session.nowMs()))
                    .execute();
            String change = before.state() + " → " + state
                    + (exitCode.isPresent() ? " (exit code " + exitCode.getAsInt() + ")" : "");
            session.event(before.cluster(), null, id.number(), EventKind.JOB_STATE, change, cause);
            return get(session, id);
        });
    }

    private static long endedMs(StoredJob job, Instant when, long nowMs) {
        Instant latest = Instant.ofEpochMilli(nowMs);
        Instant possible = when.isAfter(latest) ? latest : when;
        return possible.isBefore(job.submittedAt()) ? job.submittedAt().toEpochMilli() : possible.toEpochMilli();
    }

    @Override
    public StoredJob journalFetched(JobId id, long offset, Cause cause) {
        return sessions.with(session -> {
            StoredJob before = get(session, id);
            if (offset < before.journalOffset()) {
                throw new IllegalStateException("the journal of job " + id + " was fetched up to byte "
                        + before.journalOffset() + " and cannot go back to " + offset);
            }
            update(session, id, "journal_offset = :offset")
                    .bind("offset", offset)
                    .execute();
            // One event a job, replaced: a long job must not fill the table with its progress.
            session.handle()
                    .createUpdate("DELETE FROM event WHERE cluster_id = :cluster AND job_number = :number"
                            + " AND kind = 'JOB_JOURNAL'")
                    .bind("cluster", before.cluster().value())
                    .bind("number", id.number())
                    .execute();
            String change = "journal fetched up to byte " + offset;
            session.event(before.cluster(), null, id.number(), EventKind.JOB_JOURNAL, change, cause);
            return get(session, id);
        });
    }

    @Override
    public StoredJob outputsFetched(JobId id, Cause cause) {
        return sessions.with(session -> {
            StoredJob before = get(session, id);
            update(session, id, "outputs_fetched = 1").execute();
            session.event(before.cluster(), null, id.number(), EventKind.JOB_OUTPUTS, "", cause);
            return get(session, id);
        });
    }

    static StoredJob get(Session session, JobId id) {
        return find(session, id).orElseThrow(() -> new IllegalArgumentException("no job " + id));
    }

    private static Update update(Session session, JobId id, String assignments) {
        return session.handle()
                .createUpdate("UPDATE job SET " + assignments + " WHERE cluster_name = :name AND number = :number")
                .bind("name", id.cluster().text())
                .bind("number", id.number());
    }

    private static StoredJob requireMove(StoredJob job, JobState state) {
        if (!job.state().mayBecome(state)) {
            throw new IllegalStateException("job " + job.id() + " is " + job.state() + " and cannot become " + state);
        }
        return job;
    }

    private static Optional<StoredJob> find(Session session, JobId id) {
        return session.handle()
                .createQuery("SELECT * FROM job WHERE cluster_name = :name AND number = :number")
                .bind("name", id.cluster().text())
                .bind("number", id.number())
                .map(SqlJobs::row)
                .findOne();
    }

    private static StoredJob row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredJob(
                new JobId(new ClusterName(row.getString("cluster_name")), row.getInt("number")),
                new ClusterId(row.getLong("cluster_id")),
                row.getString("spec_json"),
                JobState.valueOf(row.getString("state")),
                Session.integer(row.getObject("exit_code")),
                Optional.ofNullable(row.getString("cause")),
                Instant.ofEpochMilli(row.getLong("submitted_ms")),
                Session.instant(row.getObject("started_ms")),
                Session.instant(row.getObject("ended_ms")),
                row.getLong("journal_offset"),
                row.getInt("outputs_fetched") == 1);
    }
}
