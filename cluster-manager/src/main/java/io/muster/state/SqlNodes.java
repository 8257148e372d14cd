package io.muster.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** The node table. */
final class SqlNodes implements Nodes {
    private static final String ADDRESS = "provider_id = :providerId, host = :host, port = :port, login = :login,"
            + " host_public_key = :hostPublicKey";
    private static final String NO_ADDRESS =
            "provider_id = NULL, host = NULL, port = NULL, login = NULL, host_public_key = NULL, agent_port = NULL";

    private final Sessions sessions;

    SqlNodes(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public StoredNode want(ClusterId cluster, String name, int index, Cause cause) {
        return sessions.with(session -> {
            SqlClusters.get(session, cluster);
            Optional<StoredNode> before = find(session, cluster, name);
            before.ifPresent(node -> requireMove(node, NodeState.WANTED));
            String sql = before.isPresent()
                    ? "UPDATE node SET node_index = :index, state = 'WANTED', " + NO_ADDRESS
                            + ", last_error = NULL, changed_ms = :now WHERE cluster_id = :cluster AND name = :name"
                    : "INSERT INTO node (cluster_id, name, node_index, state, created_ms, changed_ms)"
                            + " VALUES (:cluster, :name, :index, 'WANTED', :now, :now)";
            session.handle()
                    .createUpdate(sql)
                    .bind("cluster", cluster.value())
                    .bind("name", name)
                    .bind("index", index)
                    .bind("now", session.nowMs())
                    .execute();
            session.event(cluster, name, null, EventKind.NODE_WANTED, "", cause);
            return get(session, cluster, name);
        });
    }

    @Override
    public List<StoredNode> of(ClusterId cluster) {
        return sessions.with(session -> session.handle()
                .createQuery("SELECT * FROM node WHERE cluster_id = :cluster ORDER BY node_index")
                .bind("cluster", cluster.value())
                .map(SqlNodes::row)
                .list());
    }

    @Override
    public Optional<StoredNode> find(ClusterId cluster, String name) {
        return sessions.with(session -> find(session, cluster, name));
    }

    @Override
    public StoredNode move(ClusterId cluster, String name, NodeState state, Cause cause) {
        return sessions.with(session -> {
            StoredNode before = requireMove(get(session, cluster, name), state);
            update(session, before, "state = :state, last_error = NULL")
                    .bind("state", state.name())
                    .execute();
            session.event(cluster, name, null, EventKind.NODE_STATE, before.state() + " → " + state, cause);
            return get(session, cluster, name);
        });
    }

    @Override
    public StoredNode created(ClusterId cluster, String name, NodeAddress address, Cause cause) {
        return sessions.with(session -> {
            StoredNode before = requireMove(get(session, cluster, name), NodeState.CREATED);
            Update update =
                    update(session, before, "state = 'CREATED', last_error = NULL, agent_port = NULL, " + ADDRESS);
            bind(update, address).execute();
            String change = before.state() + " → " + NodeState.CREATED + " at " + address.host() + ":" + address.port();
            session.event(cluster, name, null, EventKind.NODE_STATE, change, cause);
            return get(session, cluster, name);
        });
    }

    @Override
    public StoredNode readdress(ClusterId cluster, String name, NodeAddress address, Cause cause) {
        return sessions.with(session -> {
            StoredNode before = get(session, cluster, name);
            bind(update(session, before, ADDRESS), address).execute();
            String change = "now at " + address.host() + ":" + address.port();
            session.event(cluster, name, null, EventKind.NODE_ADDRESS, change, cause);
            return get(session, cluster, name);
        });
    }

    @Override
    public StoredNode agentAt(ClusterId cluster, String name, int agentPort, Cause cause) {
        return sessions.with(session -> {
            StoredNode before = get(session, cluster, name);
            update(session, before, "agent_port = :agentPort")
                    .bind("agentPort", agentPort)
                    .execute();
            session.event(cluster, name, null, EventKind.NODE_AGENT, "agent on port " + agentPort, cause);
            return get(session, cluster, name);
        });
    }

    @Override
    public StoredNode failed(ClusterId cluster, String name, Cause cause) {
        return sessions.with(session -> {
            StoredNode before = requireMove(get(session, cluster, name), NodeState.FAILED);
            update(session, before, "state = 'FAILED', last_error = :error")
                    .bind("error", cause.message())
                    .execute();
            session.event(cluster, name, null, EventKind.NODE_STATE, before.state() + " → FAILED", cause);
            return get(session, cluster, name);
        });
    }

    private static Update update(Session session, StoredNode node, String assignments) {
        return session.handle()
                .createUpdate("UPDATE node SET " + assignments
                        + ", changed_ms = :now WHERE cluster_id = :cluster AND name = :name")
                .bind("now", session.nowMs())
                .bind("cluster", node.cluster().value())
                .bind("name", node.name());
    }

    private static Update bind(Update update, NodeAddress address) {
        return update.bind("providerId", address.providerId())
                .bind("host", address.host())
                .bind("port", address.port())
                .bind("login", address.user())
                .bind("hostPublicKey", address.hostPublicKey());
    }

    private static StoredNode requireMove(StoredNode node, NodeState state) {
        if (!node.state().mayBecome(state)) {
            throw new IllegalStateException(
                    "node " + node.name() + " is " + node.state() + " and cannot become " + state);
        }
        return node;
    }

    private static StoredNode get(Session session, ClusterId cluster, String name) {
        return find(session, cluster, name)
                .orElseThrow(
                        () -> new IllegalArgumentException("no node " + name + " in the cluster with id " + cluster));
    }

    private static Optional<StoredNode> find(Session session, ClusterId cluster, String name) {
        return session.handle()
                .createQuery("SELECT * FROM node WHERE cluster_id = :cluster AND name = :name")
                .bind("cluster", cluster.value())
                .bind("name", name)
                .map(SqlNodes::row)
                .findOne();
    }

    private static StoredNode row(ResultSet row, StatementContext context) throws SQLException {
        String host = row.getString("host");
        Optional<NodeAddress> address = host == null
                ? Optional.empty()
                : Optional.of(new NodeAddress(
                        row.getString("provider_id"),
                        host,
                        row.getInt("port"),
                        row.getString("login"),
                        row.getString("host_public_key")));
        return new StoredNode(
                new ClusterId(row.getLong("cluster_id")),
                row.getString("name"),
                row.getInt("node_index"),
                NodeState.valueOf(row.getString("state")),
                address,
                Session.integer(row.getObject("agent_port")),
                Optional.ofNullable(row.getString("last_error")),
                Instant.ofEpochMilli(row.getLong("created_ms")),
                Instant.ofEpochMilli(row.getLong("changed_ms")));
    }
}
