-- New addresses that wait to be proved; one for each account.
CREATE TABLE address_changes (
    workspace_id TEXT PRIMARY KEY REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    hash         BLOB NOT NULL UNIQUE,
    email        BLOB NOT NULL,
    expires_ms   INTEGER NOT NULL
) STRICT;
