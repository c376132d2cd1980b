-- What somebody may do who opens a link.
ALTER TABLE shares ADD COLUMN role TEXT NOT NULL DEFAULT 'viewer' CHECK (role IN ('viewer', 'commenter'));

-- What reviewers and the person themselves say about a résumé; author and body are sealed.
CREATE TABLE comments (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id    TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    -- The link that it was written on, or that it answers on.
    share_id     TEXT REFERENCES shares (id) ON DELETE SET NULL,
    by_owner     INTEGER NOT NULL,
    author       BLOB NOT NULL,
    body         BLOB NOT NULL,
    resolved     INTEGER NOT NULL DEFAULT 0,
    created_at   TEXT NOT NULL
) STRICT;
CREATE INDEX comments_by_resume ON comments (resume_id, created_at);
CREATE INDEX comments_by_share ON comments (share_id);
CREATE INDEX comments_by_workspace ON comments (workspace_id);
