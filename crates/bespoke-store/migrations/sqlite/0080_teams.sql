-- A team is a workspace with members. Its name, the names of its members and invited addresses are sealed with its key.
CREATE TABLE teams (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    name         BLOB NOT NULL,
    created_at   TEXT NOT NULL
) STRICT;

-- Whose account may do what there.
CREATE TABLE members (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES teams (workspace_id) ON DELETE CASCADE,
    member_id    TEXT NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'commenter', 'viewer')),
    name         BLOB NOT NULL,
    joined_at    TEXT NOT NULL,
    UNIQUE (workspace_id, member_id)
) STRICT;
CREATE INDEX members_by_member ON members (member_id);

-- Of the secret in an invitation only the SHA-256 is kept; it lets one account in, once.
CREATE TABLE invitations (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES teams (workspace_id) ON DELETE CASCADE,
    token_hash   BLOB NOT NULL UNIQUE,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'commenter', 'viewer')),
    email        BLOB,
    expires_ms   INTEGER NOT NULL,
    created_at   TEXT NOT NULL
) STRICT;
CREATE INDEX invitations_by_team ON invitations (workspace_id, created_at);

-- A token that is bound to a team opens nothing else.
ALTER TABLE api_tokens ADD COLUMN team_id TEXT REFERENCES teams (workspace_id) ON DELETE CASCADE;

-- Which account wrote a comment in a team.
ALTER TABLE comments ADD COLUMN author_id TEXT REFERENCES workspaces (id) ON DELETE SET NULL;
