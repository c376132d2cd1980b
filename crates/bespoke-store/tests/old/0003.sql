-- What a database of the schema 0003 holds: two people, a file of each, a tailoring, an export, a failure, a job.
INSERT INTO workspaces VALUES ('w-ada', x'01', '2026-01-01T00:00:00Z'), ('w-bob', x'02', '2026-01-02T00:00:00Z');
INSERT INTO resumes VALUES
    ('r-ada', 'w-ada', 'Ada CANARY-name.pdf', 'pdf', 'ready', 4, x'255044462DFF0043414E4152592D66696C65', '{"text":"CANARY-document"}', '{"name":"Ada CANARY-content é"}', NULL, '2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z'),
    ('r-bob', 'w-bob', 'Bob CANARY-name.docx', 'docx', 'failed', 1, x'', NULL, NULL, '{"detail":"CANARY-failure"}', '2026-01-02T01:00:00Z', '2026-01-02T01:00:00Z'),
    ('r-new', 'w-bob', 'CANARY-waiting.txt', 'txt', 'reading', 1, x'43414E4152592D77616974696E67', NULL, NULL, NULL, '2026-01-03T01:00:00Z', '2026-01-03T01:00:00Z');
INSERT INTO jobs (resume_id, created_at) VALUES ('r-new', '2026-01-03T01:00:00Z');
INSERT INTO tailorings (id, resume_id, base_version, base, job, result, accepted, created_at, version) VALUES
    ('t-ada', 'r-ada', 3, '{"base":"CANARY-base"}', '{"job":"CANARY-job"}', '{"result":"CANARY-result"}', '["CANARY-accepted"]', '2026-01-01T03:00:00Z', 2);
INSERT INTO exports VALUES ('e-ada', 'r-ada', 't-ada', 'pdf', 'classic', 'CANARY-sha', '{"facts":"CANARY-certificate"}', '2026-01-01T04:00:00Z');
