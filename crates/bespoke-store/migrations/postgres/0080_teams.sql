-- A team is a workspace with members. Its name, the names of its members and invited addresses are sealed with its key.
CREATE TABLE teams (
    workspace_id TEXT COLLATE "C" PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    name         BYTEA NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL
);

-- Whose account may do what there.
CREATE TABLE members (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES teams (workspace_id) ON DELETE CASCADE,
    member_id    TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    role         TEXT COLLATE "C" NOT NULL CHECK (role IN ('owner', 'editor', 'commenter', 'viewer')),
    name         BYTEA NOT NULL,
    joined_at    TEXT COLLATE "C" NOT NULL,
    UNIQUE (workspace_id, member_id)
);
CREATE INDEX members_by_member ON members (member_id);

-- Of the secret in an invitation only the SHA-256 is kept; it lets one account in, once.
CREATE TABLE invitations (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES teams (workspace_id) ON DELETE CASCADE,
    token_hash   BYTEA NOT NULL UNIQUE,
    role         TEXT COLLATE "C" NOT NULL CHECK (role IN ('owner', 'editor', 'commenter', 'viewer')),
    email        BYTEA,
    expires_ms   BIGINT NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX invitations_by_team ON invitations (workspace_id, created_at);

-- A token that is bound to a team opens nothing else.
ALTER TABLE api_tokens ADD COLUMN team_id TEXT COLLATE "C" REFERENCES teams (workspace_id) ON DELETE CASCADE;

-- Which account wrote a comment in a team.
ALTER TABLE comments ADD COLUMN author_id TEXT COLLATE "C" REFERENCES workspaces (id) ON DELETE SET NULL;
