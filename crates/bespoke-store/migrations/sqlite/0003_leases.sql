-- A job is taken for a while (until lease_until, milliseconds since 1970); every taking raises the fence, and only
-- who holds the latest one may end the job. What was given up stays as a dead letter.
ALTER TABLE jobs ADD COLUMN status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'dead'));
ALTER TABLE jobs ADD COLUMN claimed_by TEXT;
ALTER TABLE jobs ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;

-- Grows by one with every change of what is accepted.
ALTER TABLE tailorings ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
