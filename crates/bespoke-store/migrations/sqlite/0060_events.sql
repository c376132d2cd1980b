-- What was told to the pages of a workspace lately, so that one that was away, or is open on another server, hears it
-- too; sealed, and forgotten after some minutes. On one server these stay in its memory.
CREATE TABLE events (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    content      BLOB NOT NULL,
    told_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_workspace ON events (workspace_id, seq);
CREATE INDEX events_by_time ON events (told_ms);
