-- The language model that a workspace has switched on: its address, its name and its key are sealed together.
CREATE TABLE language_models (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    content      BLOB NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT;
