import { expect, test } from 'vitest';
import type { Resume } from '../../api/client';
import { noteKeys, violationKey } from './places';
import type { Suggestion } from './queries';

const bullets = (...ids: string[]) => ids.map((id) => ({ id, level: 0, text: { value: `Did ${id}`, confidence: 1 } }));
const resume = (...ids: string[]) => ({ contact: { name: { value: 'Ada Example', confidence: 1 } }, summary: { value: 'Led 40 people', confidence: 1 }, work: [{ id: 'w1', position: { value: 'Cook', confidence: 1 }, highlights: bullets(...ids) }] }) as unknown as Resume;
const suggestion = (id: string, edit: unknown) => ({ id, kind: '', title: '', reason: '', delta: 0, evidence: [], edit }) as unknown as Suggestion;

test('a suggestion stands under the first line that it changes, a dropped line under the one before it', () => {
  const order = suggestion('s1', { kind: 'reorder-bullets', entry: 'w1', before: ['b1', 'b2', 'b3'], order: ['b3', 'b1', 'b2'] });
  const drop = suggestion('s2', { kind: 'drop-bullet', bullet: { id: 'b2' } });
  const notes = noteKeys([order, drop], resume('b1', 'b2', 'b3'), resume('b3', 'b1'));
  expect([...notes].map(([key, all]) => [key, ...all.map(({ id }) => id)])).toEqual([['b3', 's1'], ['b1', 's2']]);
});

test('a violation stands where its words do', () => {
  expect(violationKey({ id: 'b1', kind: 'number', text: '40', message: '' }, resume('b1'))).toBe('b1');
  expect(violationKey({ kind: 'number', text: '40', message: '' }, resume('b1'))).toBe('summary');
  expect(violationKey({ kind: 'identity', text: 'Eve', message: '' }, resume('b1'))).toBe('name');
});
