-- New addresses that wait to be proved; one for each account.
CREATE TABLE address_changes (
    workspace_id TEXT COLLATE "C" PRIMARY KEY REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    hash         BYTEA NOT NULL UNIQUE,
    email        BYTEA NOT NULL,
    expires_ms   BIGINT NOT NULL
);
