-- The whole schema as SQLite has it after its migration 0050; from there on both have the same numbers.
-- Numbers are BIGINT, truth is 0 or 1, bytes are BYTEA; text is compared by its bytes, whatever the language of the server.


CREATE TABLE workspaces (
    id         TEXT COLLATE "C" PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE resumes (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    format       TEXT COLLATE "C" NOT NULL,
    status       TEXT COLLATE "C" NOT NULL CHECK (status IN ('reading', 'ready', 'failed')),
    version      BIGINT NOT NULL DEFAULT 1,
    created_at   TEXT COLLATE "C" NOT NULL,
    updated_at   TEXT COLLATE "C" NOT NULL,
    file_name    BYTEA NOT NULL,
    original     BYTEA NOT NULL,
    document     BYTEA,
    content      BYTEA,
    failure      BYTEA
);
CREATE INDEX resumes_by_workspace ON resumes (workspace_id, created_at DESC);

CREATE TABLE jobs (
    resume_id   TEXT COLLATE "C" PRIMARY KEY REFERENCES resumes (id) ON DELETE CASCADE,
    attempts    BIGINT NOT NULL DEFAULT 0,
    created_at  TEXT COLLATE "C" NOT NULL,
    status      TEXT COLLATE "C" NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'dead')),
    claimed_by  TEXT COLLATE "C",
    lease_until BIGINT NOT NULL DEFAULT 0,
    fence       BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE tailorings (
    id           TEXT COLLATE "C" PRIMARY KEY,
    resume_id    TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    base_version BIGINT NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL,
    version      BIGINT NOT NULL DEFAULT 1,
    base         BYTEA NOT NULL,
    job          BYTEA NOT NULL,
    result       BYTEA NOT NULL,
    accepted     BYTEA NOT NULL
);
CREATE INDEX tailorings_by_resume ON tailorings (resume_id, created_at DESC);

CREATE TABLE exports (
    id           TEXT COLLATE "C" PRIMARY KEY,
    resume_id    TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    tailoring_id TEXT COLLATE "C" REFERENCES tailorings (id) ON DELETE SET NULL,
    format       TEXT COLLATE "C" NOT NULL,
    template     TEXT COLLATE "C" NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL,
    sha256       BYTEA NOT NULL,
    certificate  BYTEA NOT NULL
);
CREATE INDEX exports_by_resume ON exports (resume_id, created_at DESC);

CREATE TABLE vault (
    id        BIGINT PRIMARY KEY CHECK (id = 1),
    master_id TEXT COLLATE "C" NOT NULL,
    wiped     BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE keys (
    owner      TEXT COLLATE "C" PRIMARY KEY,
    version    BIGINT NOT NULL,
    master_id  TEXT COLLATE "C" NOT NULL,
    wrapped    BYTEA NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX keys_by_master ON keys (master_id);

CREATE TABLE secrets (
    name       TEXT COLLATE "C" PRIMARY KEY,
    value      BYTEA NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE accounts (
    workspace_id        TEXT COLLATE "C" PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    email_index         BYTEA NOT NULL UNIQUE,
    email               BYTEA NOT NULL,
    email_verified_at   TEXT COLLATE "C",
    password            BYTEA NOT NULL,
    password_changed_at TEXT COLLATE "C" NOT NULL,
    totp                BYTEA,
    totp_confirmed      BIGINT NOT NULL DEFAULT 0,
    totp_step           BIGINT NOT NULL DEFAULT 0,
    created_at          TEXT COLLATE "C" NOT NULL
);

CREATE TABLE recovery_codes (
    hash         BYTEA PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_by_workspace ON recovery_codes (workspace_id);

CREATE TABLE consents (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    document     TEXT COLLATE "C" NOT NULL,
    version      TEXT COLLATE "C" NOT NULL,
    given_at     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX consents_by_workspace ON consents (workspace_id);

CREATE TABLE sessions (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    device       BYTEA NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL,
    last_seen_at TEXT COLLATE "C" NOT NULL,
    expires_ms   BIGINT NOT NULL,
    latest_ms    BIGINT NOT NULL
);
CREATE INDEX sessions_by_workspace ON sessions (workspace_id);

CREATE TABLE refresh_tokens (
    hash       BYTEA PRIMARY KEY,
    session_id TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    used       BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE api_tokens (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    name         BYTEA NOT NULL,
    hash         BYTEA NOT NULL UNIQUE,
    scopes       TEXT COLLATE "C" NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL,
    last_used_at TEXT COLLATE "C",
    expires_ms   BIGINT
);
CREATE INDEX api_tokens_by_workspace ON api_tokens (workspace_id);

CREATE TABLE mailed_tokens (
    hash         BYTEA PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (workspace_id) ON DELETE CASCADE,
    purpose      TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('verify', 'reset')),
    expires_ms   BIGINT NOT NULL
);
CREATE INDEX mailed_tokens_by_workspace ON mailed_tokens (workspace_id);

CREATE TABLE deletions (
    id         TEXT COLLATE "C" PRIMARY KEY,
    owner_hash BYTEA NOT NULL,
    deleted_at TEXT COLLATE "C" NOT NULL,
    removed    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE shares (
    id            TEXT COLLATE "C" PRIMARY KEY,
    workspace_id  TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id     TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    tailoring_id  TEXT COLLATE "C" REFERENCES tailorings (id) ON DELETE SET NULL,
    token_hash    BYTEA NOT NULL UNIQUE,
    label         BYTEA NOT NULL,
    content       BYTEA,
    password_hash TEXT COLLATE "C",
    download      BIGINT NOT NULL,
    expires_at    BIGINT,
    revoked_at    TEXT COLLATE "C",
    created_at    TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL DEFAULT 'viewer' CHECK (role IN ('viewer', 'commenter'))
);
CREATE INDEX shares_by_workspace ON shares (workspace_id, created_at DESC);
CREATE INDEX shares_by_resume ON shares (resume_id);

CREATE TABLE share_days (
    share_id  TEXT COLLATE "C" NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    day       TEXT COLLATE "C" NOT NULL,
    views     BIGINT NOT NULL DEFAULT 0,
    visitors  BIGINT NOT NULL DEFAULT 0,
    downloads BIGINT NOT NULL DEFAULT 0,
    bots      BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (share_id, day)
);

CREATE TABLE share_visitors (
    share_id TEXT COLLATE "C" NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    day      TEXT COLLATE "C" NOT NULL,
    visitor  BYTEA NOT NULL,
    PRIMARY KEY (share_id, day, visitor)
);

CREATE TABLE uploads (
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key_hash     BYTEA NOT NULL,
    file_hash    BYTEA NOT NULL,
    resume_id    TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, key_hash)
);
CREATE INDEX uploads_by_resume ON uploads (resume_id);
CREATE INDEX uploads_by_time ON uploads (created_at);

CREATE TABLE comments (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id    TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    share_id     TEXT COLLATE "C" REFERENCES shares (id) ON DELETE SET NULL,
    by_owner     BIGINT NOT NULL,
    author       BYTEA NOT NULL,
    body         BYTEA NOT NULL,
    resolved     BIGINT NOT NULL DEFAULT 0,
    created_at   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX comments_by_resume ON comments (resume_id, created_at);
CREATE INDEX comments_by_share ON comments (share_id);
CREATE INDEX comments_by_workspace ON comments (workspace_id);

CREATE TABLE applications (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    resume_id    TEXT COLLATE "C" REFERENCES resumes (id) ON DELETE SET NULL,
    tailoring_id TEXT COLLATE "C" REFERENCES tailorings (id) ON DELETE SET NULL,
    stage        TEXT COLLATE "C" NOT NULL CHECK (stage IN ('saved', 'applied', 'interview', 'offer', 'closed')),
    content      BYTEA NOT NULL,
    version      BIGINT NOT NULL DEFAULT 1,
    created_at   TEXT COLLATE "C" NOT NULL,
    stage_at     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX applications_by_workspace ON applications (workspace_id, stage_at DESC);

CREATE TABLE role_marks (
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    role         TEXT COLLATE "C" NOT NULL,
    mark         TEXT COLLATE "C" NOT NULL CHECK (mark IN ('saved', 'hidden')),
    PRIMARY KEY (workspace_id, role)
);

CREATE TABLE templates (
    id           TEXT COLLATE "C" PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    archive      BYTEA NOT NULL,
    version      BIGINT NOT NULL DEFAULT 1,
    created_at   TEXT COLLATE "C" NOT NULL,
    updated_at   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX templates_by_workspace ON templates (workspace_id, created_at);

CREATE TABLE letters (
    id         TEXT COLLATE "C" PRIMARY KEY,
    resume_id  TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    base       BYTEA NOT NULL,
    job        BYTEA NOT NULL,
    wish       BYTEA NOT NULL,
    content    BYTEA NOT NULL,
    facts      BYTEA NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX letters_by_resume ON letters (resume_id, created_at DESC);

CREATE TABLE interviews (
    id         TEXT COLLATE "C" PRIMARY KEY,
    resume_id  TEXT COLLATE "C" NOT NULL REFERENCES resumes (id) ON DELETE CASCADE,
    job        BYTEA NOT NULL,
    content    BYTEA NOT NULL,
    practice   BYTEA NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX interviews_by_resume ON interviews (resume_id, created_at DESC);

CREATE TABLE counts (
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    day          TEXT COLLATE "C" NOT NULL,
    event        TEXT COLLATE "C" NOT NULL,
    label        TEXT COLLATE "C" NOT NULL,
    n            BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, day, event, label)
);
CREATE INDEX counts_by_day ON counts (day);

CREATE TABLE count_consents (
    workspace_id TEXT COLLATE "C" PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    given_at     TEXT COLLATE "C" NOT NULL,
    wording      BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE experiments (
    name       TEXT COLLATE "C" PRIMARY KEY,
    definition TEXT COLLATE "C" NOT NULL,
    running    BIGINT NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE experiment_people (
    experiment   TEXT COLLATE "C" NOT NULL REFERENCES experiments (name) ON DELETE CASCADE,
    workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    variant      BIGINT NOT NULL,
    succeeded    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (experiment, workspace_id)
);

CREATE TABLE feedback (
    workspace_id TEXT COLLATE "C" PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    content      BYTEA NOT NULL,
    day          TEXT COLLATE "C" NOT NULL
);

CREATE TABLE learned (
    version    BIGINT PRIMARY KEY,
    weights    TEXT COLLATE "C" NOT NULL,
    report     TEXT COLLATE "C" NOT NULL,
    seed       BIGINT NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE learned_in_use (
    one     BIGINT PRIMARY KEY CHECK (one = 1),
    version BIGINT NOT NULL
);

INSERT INTO learned_in_use (one, version) VALUES (1, 0);
