import { expect, test } from 'vitest';
import type { Suggestion } from './queries';
import { allTogether, withRivalsOut } from './rivals';

const one = (id: string, edit: Suggestion['edit']): Suggestion => ({ id, edit, kind: 'x', title: id, reason: '', evidence: [], delta: 0, author: 'rules' });
const words = (id: string, bullet: string) => one(id, { kind: 'replace-text', target: { at: 'bullet', id: bullet }, before: 'a', after: 'b' });
const all = [
  words('s1', 'b1'),
  one('s2', { kind: 'replace-text', target: { at: 'summary' }, before: 'a', after: 'b' }),
  one('s3', { kind: 'drop-bullet', entry: 'w1', bullet: { id: 'b3', text: { value: 'a' } } as never, index: 0 }),
  one('s4', null),
  words('m1', 'b1'),
  one('m2', { kind: 'replace-text', target: { at: 'summary' }, before: 'a', after: 'c' }),
  words('m3', 'b3'),
  words('m4', 'b4'),
];

test('one wording of a text takes the place of another', () => {
  expect(withRivalsOut(all, ['s1', 's2', 's3'], 'm1')).toEqual(['s2', 's3', 'm1']);
  expect(withRivalsOut(all, ['s1', 'm2'], 's2')).toEqual(['s1', 's2']);
  expect(withRivalsOut(all, ['s3'], 'm3')).toEqual(['m3']);
  expect(withRivalsOut(all, ['s1'], 'm4')).toEqual(['s1', 'm4']);
});

test('all together are those that go together', () => {
  expect(allTogether(all)).toEqual(['s1', 's2', 's3', 'm4']);
});
