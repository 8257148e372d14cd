CREATE TABLE cluster (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT    NOT NULL,
    provider     TEXT    NOT NULL,
    spec_yaml    TEXT    NOT NULL,
    wanted       TEXT    NOT NULL,
    phase        TEXT    NOT NULL,
    created_ms   INTEGER NOT NULL,
    changed_ms   INTEGER NOT NULL,
    destroyed_ms INTEGER
) STRICT;

-- A name is free again once its cluster was destroyed; the older one stays readable.
CREATE UNIQUE INDEX cluster_live_name ON cluster (name) WHERE phase <> 'DESTROYED';

CREATE TABLE node (
    cluster_id      INTEGER NOT NULL REFERENCES cluster (id),
    name            TEXT    NOT NULL,
    node_index      INTEGER NOT NULL,
    state           TEXT    NOT NULL,
    provider_id     TEXT,
    host            TEXT,
    port            INTEGER,
    login           TEXT,
    host_public_key TEXT,
    agent_port      INTEGER,
    last_error      TEXT,
    created_ms      INTEGER NOT NULL,
    changed_ms      INTEGER NOT NULL,
    PRIMARY KEY (cluster_id, name),
    UNIQUE (cluster_id, node_index)
) STRICT;

CREATE TABLE job (
    cluster_id      INTEGER NOT NULL REFERENCES cluster (id),
    cluster_name    TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    spec_json       TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    exit_code       INTEGER,
    cause           TEXT,
    submitted_ms    INTEGER NOT NULL,
    started_ms      INTEGER,
    ended_ms        INTEGER,
    journal_offset  INTEGER NOT NULL DEFAULT 0,
    outputs_fetched INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (cluster_name, number)
) STRICT;

CREATE INDEX job_cluster ON job (cluster_id);

CREATE TABLE event (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    time_ms    INTEGER NOT NULL,
    cluster_id INTEGER NOT NULL REFERENCES cluster (id),
    node_name  TEXT,
    job_number INTEGER,
    kind       TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    details    TEXT    NOT NULL
) STRICT;

CREATE INDEX event_cluster ON event (cluster_id, id);
