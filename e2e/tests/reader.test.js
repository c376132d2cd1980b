// The reader inside the page says what the server says, byte for byte. `make eval` compares far more files.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MOST_GZIPPED_BYTES, READER, WORD_LISTS, compare, hasReader, newReader } from '../lib/reader.js';
import { fixture } from '../lib/server.js';

const skip = hasReader ? false : 'this build has no reader in the page';
const inside = (folder, most = Infinity) => {
  const names = readdirSync(fixture(folder)).sort();
  const step = Math.max(1, Math.ceil(names.length / most));
  return names.filter((_, index) => index % step === 0).map((name) => join(fixture(folder), name));
};

test('it is small enough to load on a phone', { skip }, (t) => {
  const bytes = gzipSync(readFileSync(READER)).length;
  t.diagnostic(`${bytes} bytes gzipped`);
  assert.ok(bytes <= MOST_GZIPPED_BYTES, `${bytes} bytes`);
});

test('every file reads as on the server', { skip }, async (t) => {
  const reader = await newReader();
  const counts = {};
  for (const path of [...inside('agreement'), ...inside('resumes'), ...inside('parse'), ...inside('layouts'), ...inside('people'), ...inside('corpus/files', 20)]) {
    const { result, why } = await compare(reader, process.env.BESPOKE_BIN, path);
    assert.notEqual(result, 'differs', `${path}: ${why}`);
    counts[result] = (counts[result] ?? 0) + 1;
  }
  t.diagnostic(JSON.stringify(counts));
  assert.ok(counts.same >= 30, 'most files have text');
});

test('it judges, edits, holds against the evidence, and writes', { skip }, async () => {
  const reader = await newReader();
  const file = readFileSync(fixture('resumes/two-page.pdf'));
  const { ok: read } = await reader.ask({ do: 'read', name: 'two-page.pdf' }, file);
  const judge = { do: 'audit', name: 'two-page.pdf', resume: read.resume, strict: false, today: '2026-11' };
  assert.equal((await reader.ask(judge, file)).failure.code, 'needs-words');
  assert.equal((await reader.ask({ do: 'words' }, file)).failure.code, 'bad-request');
  assert.deepEqual(await reader.ask({ do: 'words' }, readFileSync(WORD_LISTS)), { ok: null });
  const { ok: audit } = await reader.ask(judge, file);
  assert.ok(audit.score.total > 0 && audit.findings.length > 0);

  const [job] = read.resume.work;
  const ids = job.highlights.map(({ id }) => id);
  const edit = { kind: 'reorder-bullets', entry: job.id, before: ids, order: [...ids].reverse() };
  const { ok: edited } = await reader.ask({ do: 'apply', resume: read.resume, edits: [edit] });
  assert.deepEqual(edited.work[0].highlights.map(({ id }) => id), [...ids].reverse());
  const stale = await reader.ask({ do: 'apply', resume: edited, edits: [{ ...edit, entry: 'nobody' }] });
  assert.equal(stale.failure.code, 'stale-edit');

  assert.deepEqual((await reader.ask({ do: 'check', base: read.resume, tailored: edited })).ok, []);
  const invented = structuredClone(edited);
  invented.work[0].highlights[0].text.value += ' Saved 40 million euros.';
  const { ok: violations } = await reader.ask({ do: 'check', base: read.resume, tailored: invented });
  assert.ok(violations.some(({ kind }) => kind === 'number'), JSON.stringify(violations));

  const name = read.resume.contact.name.value;
  const { ok: markdown } = await reader.ask({ do: 'export', resume: edited, format: 'md' });
  assert.ok(markdown.startsWith(`# ${name}`), markdown.slice(0, 80));
  const { failure } = await reader.ask({ do: 'export', resume: edited, format: 'pdf' });
  assert.equal(failure.code, 'needs-server');
});

test('what is no résumé and what is no command is refused', { skip }, async () => {
  const reader = await newReader();
  assert.equal((await reader.ask({ do: 'read', name: 'a.mp4' }, Buffer.from('\0\0\0\x18ftypmp42'))).failure.code, 'unsupported-format');
  assert.equal((await reader.ask({ do: 'read', name: 'a.pdf' })).failure.code, 'empty');
  assert.equal((await reader.ask({ do: 'dance' })).failure.code, 'bad-request');
});
