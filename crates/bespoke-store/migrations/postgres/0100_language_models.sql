-- The language model that a workspace has switched on: its address, its name and its key are sealed together.
CREATE TABLE language_models (
    workspace_id TEXT COLLATE "C" PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    content      BYTEA NOT NULL,
    updated_at   TEXT COLLATE "C" NOT NULL
);
