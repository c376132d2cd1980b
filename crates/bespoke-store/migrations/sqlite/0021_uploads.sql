-- Uploads that carried an idempotency key: the same key with the same file is the same upload, for a day.
CREATE TABLE uploads (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key_hash     BLOB NOT NULL,
    file_hash    BLOB NOT NULL,
    resume_id    TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, key_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_by_resume ON uploads (resume_id);
CREATE INDEX uploads_by_time ON uploads (created_at);
