-- Encryption at rest. Which master key wraps new keys, and whether the plaintext of an older schema is wiped.
CREATE TABLE vault (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    master_id TEXT NOT NULL,
    wiped     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One random key per workspace (and one of the server, owner 'system'), wrapped by a master key that lies elsewhere.
CREATE TABLE keys (
    owner      TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    master_id  TEXT NOT NULL,
    wrapped    BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX keys_by_master ON keys (master_id);

-- Secrets of the server, sealed with its own key.
CREATE TABLE secrets (
    name       TEXT PRIMARY KEY,
    value      BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Everything personal becomes sealed bytes. The store seals what is in the `plain_` columns, then drops them.
ALTER TABLE resumes RENAME COLUMN file_name TO plain_file_name;
ALTER TABLE resumes RENAME COLUMN original TO plain_original;
ALTER TABLE resumes RENAME COLUMN document TO plain_document;
ALTER TABLE resumes RENAME COLUMN content TO plain_content;
ALTER TABLE resumes RENAME COLUMN failure TO plain_failure;
ALTER TABLE resumes ADD COLUMN file_name BLOB NOT NULL DEFAULT x'';
ALTER TABLE resumes ADD COLUMN original BLOB NOT NULL DEFAULT x'';
ALTER TABLE resumes ADD COLUMN document BLOB;
ALTER TABLE resumes ADD COLUMN content BLOB;
ALTER TABLE resumes ADD COLUMN failure BLOB;

ALTER TABLE tailorings RENAME COLUMN base TO plain_base;
ALTER TABLE tailorings RENAME COLUMN job TO plain_job;
ALTER TABLE tailorings RENAME COLUMN result TO plain_result;
ALTER TABLE tailorings RENAME COLUMN accepted TO plain_accepted;
ALTER TABLE tailorings ADD COLUMN base BLOB NOT NULL DEFAULT x'';
ALTER TABLE tailorings ADD COLUMN job BLOB NOT NULL DEFAULT x'';
ALTER TABLE tailorings ADD COLUMN result BLOB NOT NULL DEFAULT x'';
ALTER TABLE tailorings ADD COLUMN accepted BLOB NOT NULL DEFAULT x'';

ALTER TABLE exports RENAME COLUMN sha256 TO plain_sha256;
ALTER TABLE exports RENAME COLUMN certificate TO plain_certificate;
ALTER TABLE exports ADD COLUMN sha256 BLOB NOT NULL DEFAULT x'';
ALTER TABLE exports ADD COLUMN certificate BLOB NOT NULL DEFAULT x'';
