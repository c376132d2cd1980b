-- Letters and interview preparations, each with the job that it is for; what they say is sealed.
CREATE TABLE letters (
    id         TEXT PRIMARY KEY,
    resume_id  TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    base       BLOB NOT NULL,
    job        BLOB NOT NULL,
    wish       BLOB NOT NULL,
    content    BLOB NOT NULL,
    facts      BLOB NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX letters_by_resume ON letters (resume_id, created_at DESC);

CREATE TABLE interviews (
    id         TEXT PRIMARY KEY,
    resume_id  TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    job        BLOB NOT NULL,
    content    BLOB NOT NULL,
    practice   BLOB NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX interviews_by_resume ON interviews (resume_id, created_at DESC);
