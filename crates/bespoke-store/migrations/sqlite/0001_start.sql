-- A workspace is a guest's until accounts claim it. Of its token only the SHA-256 is kept.
CREATE TABLE workspaces (
    id         TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE resumes (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    file_name    TEXT NOT NULL,
    format       TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('reading', 'ready', 'failed')),
    version      INTEGER NOT NULL DEFAULT 1,
    original     BLOB NOT NULL,
    document     TEXT,
    content      TEXT,
    failure      TEXT,
    created_at   TEXT NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT;
CREATE INDEX resumes_by_workspace ON resumes (workspace_id, created_at DESC);

-- Work that is still to do; written with the résumé in one transaction and taken up again after a restart.
CREATE TABLE jobs (
    resume_id  TEXT PRIMARY KEY REFERENCES resumes (id) ON DELETE CASCADE,
    attempts   INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE tailorings (
    id           TEXT PRIMARY KEY,
    resume_id    TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    base_version INTEGER NOT NULL,
    base         TEXT NOT NULL,
    job          TEXT NOT NULL,
    result       TEXT NOT NULL,
    accepted     TEXT NOT NULL,
    created_at   TEXT NOT NULL
) STRICT;
CREATE INDEX tailorings_by_resume ON tailorings (resume_id, created_at DESC);
