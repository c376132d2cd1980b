-- An account is a workspace with an e-mail address. Addresses are found by a keyed hash (email_index), never by what
-- they say; address, password hash and second factor are sealed with the key of the workspace.
CREATE TABLE accounts (
    workspace_id        TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    email_index         BLOB NOT NULL UNIQUE,
    email               BLOB NOT NULL,
    email_verified_at   TEXT,
    password            BLOB NOT NULL,
    password_changed_at TEXT NOT NULL,
    totp                BLOB,
    totp_confirmed      INTEGER NOT NULL DEFAULT 0,
    -- The last time step that was used: a code counts once.
    totp_step           INTEGER NOT NULL DEFAULT 0,
    created_at          TEXT NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
    hash         BLOB PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX recovery_codes_by_workspace ON recovery_codes (workspace_id);

-- What the person agreed to, in which version.
CREATE TABLE consents (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    document     TEXT NOT NULL,
    version      TEXT NOT NULL,
    given_at     TEXT NOT NULL
) STRICT;
CREATE INDEX consents_by_workspace ON consents (workspace_id);

-- A session is one browser that is signed in; times that are compared are milliseconds since 1970.
CREATE TABLE sessions (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    device       BLOB NOT NULL,
    created_at   TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_ms   INTEGER NOT NULL,
    latest_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_workspace ON sessions (workspace_id);

-- Every refresh token of a session that lives, the used ones too: one that comes twice was stolen.
CREATE TABLE refresh_tokens (
    hash       BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    used       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE api_tokens (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    name         BLOB NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    -- `read`, or `read write`.
    scopes       TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    last_used_at TEXT,
    expires_ms   INTEGER
) STRICT;
CREATE INDEX api_tokens_by_workspace ON api_tokens (workspace_id);

-- Single-use secrets that were sent by e-mail.
CREATE TABLE mailed_tokens (
    hash         BLOB PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    purpose      TEXT NOT NULL CHECK (purpose IN ('verify', 'reset')),
    expires_ms   INTEGER NOT NULL
) STRICT;
CREATE INDEX mailed_tokens_by_workspace ON mailed_tokens (workspace_id);

-- Receipts of deletions: of whom, only a hash of a random id.
CREATE TABLE deletions (
    id         TEXT PRIMARY KEY,
    owner_hash BLOB NOT NULL,
    deleted_at TEXT NOT NULL,
    removed    TEXT NOT NULL
) STRICT;
