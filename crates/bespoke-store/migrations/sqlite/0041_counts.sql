-- What people do, as numbers per day: no text of theirs, no address, no time of day. `label` is a word of a closed list.
CREATE TABLE counts (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    day          TEXT NOT NULL,
    event        TEXT NOT NULL,
    label        TEXT NOT NULL,
    n            INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, day, event, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX counts_by_day ON counts (day);

-- Whose numbers may be added to those of the whole server: only who said so.
CREATE TABLE count_consents (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    given_at     TEXT NOT NULL
) STRICT;

-- Trials of template variants, and who was given which.
CREATE TABLE experiments (
    name       TEXT PRIMARY KEY,
    definition TEXT NOT NULL,
    running    INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE experiment_people (
    experiment   TEXT NOT NULL REFERENCES experiments (name) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    variant      INTEGER NOT NULL,
    succeeded    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (experiment, workspace_id)
) STRICT, WITHOUT ROWID;
