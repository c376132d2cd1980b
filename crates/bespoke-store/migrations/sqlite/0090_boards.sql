-- Keys for job boards. Which board, which account and the key itself are sealed.
CREATE TABLE board_keys (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    content      BLOB NOT NULL,
    created_at   TEXT NOT NULL
) STRICT;
CREATE INDEX board_keys_by_workspace ON board_keys (workspace_id, created_at);

-- Applications that were shown and wait for the person to confirm them, for some minutes: all that would be sent is
-- sealed, the secret that confirms it is kept as its hash.
CREATE TABLE parcels (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id    TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    token_hash   BLOB NOT NULL UNIQUE,
    digest       TEXT NOT NULL,
    content      BLOB NOT NULL,
    expires_ms   INTEGER NOT NULL
) STRICT;
CREATE INDEX parcels_by_resume ON parcels (workspace_id, resume_id);
