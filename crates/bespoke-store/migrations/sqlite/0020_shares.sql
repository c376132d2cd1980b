-- A link that shows one résumé as it was when it was shared. Of the secret in the link only the SHA-256 is kept, of a
-- password only its argon2id hash; label and content are the person's words, in blobs so that they can be sealed.
CREATE TABLE shares (
    id            TEXT PRIMARY KEY,
    workspace_id  TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id     TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    tailoring_id  TEXT REFERENCES tailorings (id) ON DELETE SET NULL,
    token_hash    BLOB NOT NULL UNIQUE,
    label         BLOB NOT NULL,
    content       BLOB,
    password_hash TEXT,
    download      INTEGER NOT NULL,
    expires_at    INTEGER,
    revoked_at    TEXT,
    created_at    TEXT NOT NULL
) STRICT;
CREATE INDEX shares_by_workspace ON shares (workspace_id, created_at DESC);
CREATE INDEX shares_by_resume ON shares (resume_id);

-- How often a link was opened, by UTC day. Nothing here says by whom.
CREATE TABLE share_days (
    share_id  TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    day       TEXT NOT NULL,
    views     INTEGER NOT NULL DEFAULT 0,
    visitors  INTEGER NOT NULL DEFAULT 0,
    downloads INTEGER NOT NULL DEFAULT 0,
    bots      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (share_id, day)
) STRICT, WITHOUT ROWID;

-- Who was counted today, as a hash under a salt that lives in memory and changes every day; gone with the day.
CREATE TABLE share_visitors (
    share_id TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    day      TEXT NOT NULL,
    visitor  BLOB NOT NULL,
    PRIMARY KEY (share_id, day, visitor)
) STRICT, WITHOUT ROWID;
