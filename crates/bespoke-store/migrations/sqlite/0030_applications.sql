-- Where each application stands. Title, company, link and notes are sealed.
CREATE TABLE applications (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id    TEXT REFERENCES resumes (id) ON DELETE SET NULL,
    tailoring_id TEXT REFERENCES tailorings (id) ON DELETE SET NULL,
    stage        TEXT NOT NULL CHECK (stage IN ('saved', 'applied', 'interview', 'offer', 'closed')),
    content      BLOB NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   TEXT NOT NULL,
    stage_at     TEXT NOT NULL
) STRICT;
CREATE INDEX applications_by_workspace ON applications (workspace_id, stage_at DESC);

-- Roles that a person keeps or does not want to see.
CREATE TABLE role_marks (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    role         TEXT NOT NULL,
    mark         TEXT NOT NULL CHECK (mark IN ('saved', 'hidden')),
    PRIMARY KEY (workspace_id, role)
) STRICT;

-- Templates of people's own, each as the ZIP archive that it is carried in, sealed.
CREATE TABLE templates (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    archive      BLOB NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   TEXT NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT;
CREATE INDEX templates_by_workspace ON templates (workspace_id, created_at);
