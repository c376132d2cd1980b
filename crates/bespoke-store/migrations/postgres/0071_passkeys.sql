-- Passkeys. A credential is found by a keyed hash of its id; id, public key and the name that the person gave are sealed.
CREATE TABLE passkeys (
    id               TEXT COLLATE "C" PRIMARY KEY,
    workspace_id     TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    credential_index BYTEA NOT NULL UNIQUE,
    name             BYTEA NOT NULL,
    content          BYTEA NOT NULL,
    -- The counter of the authenticator; 0 where it has none.
    counter          BIGINT NOT NULL,
    created_at       TEXT COLLATE "C" NOT NULL,
    last_used_at     TEXT COLLATE "C"
);
CREATE INDEX passkeys_by_workspace ON passkeys (workspace_id);
