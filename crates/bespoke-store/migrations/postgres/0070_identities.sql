-- Accounts elsewhere that open an account here. Who somebody is at a provider is found by a keyed hash of issuer and
-- subject; the address that the provider gave is sealed with the key of the workspace.
CREATE TABLE identities (
    id            TEXT COLLATE "C" PRIMARY KEY,
    workspace_id  TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    provider      TEXT COLLATE "C" NOT NULL,
    subject_index BYTEA NOT NULL UNIQUE,
    email         BYTEA NOT NULL,
    created_at    TEXT COLLATE "C" NOT NULL,
    last_used_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX identities_by_workspace ON identities (workspace_id);

-- What a sign-in that goes over several requests must remember: taken once, good for minutes. `name` is the hash of a
-- secret that only the browser has; sealed with the key of the server, as nobody is known yet.
CREATE TABLE flows (
    name       TEXT COLLATE "C" PRIMARY KEY,
    content    BYTEA NOT NULL,
    expires_ms BIGINT NOT NULL
);
