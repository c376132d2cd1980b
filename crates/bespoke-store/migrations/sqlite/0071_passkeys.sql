-- Passkeys. A credential is found by a keyed hash of its id; id, public key and the name that the person gave are sealed.
CREATE TABLE passkeys (
    id               TEXT PRIMARY KEY,
    workspace_id     TEXT NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    credential_index BLOB NOT NULL UNIQUE,
    name             BLOB NOT NULL,
    content          BLOB NOT NULL,
    -- The counter of the authenticator; 0 where it has none.
    counter          INTEGER NOT NULL,
    created_at       TEXT NOT NULL,
    last_used_at     TEXT
) STRICT;
CREATE INDEX passkeys_by_workspace ON passkeys (workspace_id);
