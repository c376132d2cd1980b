-- What the feedback of those who agreed says: numbers and words of the taxonomy, sealed, one row a person. `day` is that
-- of the latest entry.
CREATE TABLE feedback (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    content      BLOB NOT NULL,
    day          TEXT NOT NULL
) STRICT;

-- Which wording somebody agreed to: the first said nothing of learning.
ALTER TABLE count_consents ADD COLUMN wording INTEGER NOT NULL DEFAULT 1;

-- What this server learned about ranking, of many people together; versions are kept, so that one can go back.
CREATE TABLE learned (
    version    INTEGER PRIMARY KEY,
    weights    TEXT NOT NULL,
    report     TEXT NOT NULL,
    seed       INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- The version that ranks; 0 is the product as shipped.
CREATE TABLE learned_in_use (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO learned_in_use (one, version) VALUES (1, 0);
