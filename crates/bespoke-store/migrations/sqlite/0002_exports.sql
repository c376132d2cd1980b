-- Every file that was handed out, with the certificate of its round trip.
CREATE TABLE exports (
    id           TEXT PRIMARY KEY,
    resume_id    TEXT NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    tailoring_id TEXT REFERENCES tailorings (id) ON DELETE SET NULL,
    format       TEXT NOT NULL,
    template     TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    certificate  TEXT NOT NULL,
    created_at   TEXT NOT NULL
) STRICT;
CREATE INDEX exports_by_resume ON exports (resume_id, created_at DESC);
