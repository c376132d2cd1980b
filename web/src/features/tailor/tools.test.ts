import { expect, test } from 'vitest';
import type { Suggestion } from './queries';
import { placeOf, toolOf } from './tools';

const suggestion = (kind: string, id: string | null = null): Suggestion => ({ id: 's1', kind, title: '', reason: '', delta: 0, evidence: id === null ? [] : [{ id, quote: 'x' }] });

test.each([
  ['lift-skill', 'keyword'],
  ['reorder-bullets', 'order'],
  ['quantify', 'number'],
  ['drop-bullet', 'shorten'],
  ['write-summary', 'wording'],
  ['a-kind-of-tomorrow', 'wording'],
])('%s belongs to the tool %s', (kind, tool) => expect(toolOf(suggestion(kind))).toBe(tool));

test('the place of a suggestion is that of the line it is about', () => {
  const source = { page: 1, start: 7, end: 9 };
  const highlights = [
    { id: 'b1', level: 0, text: { value: 'No place', confidence: 1 } },
    { id: 'b2', level: 0, text: { value: 'Here', confidence: 1, source } },
  ];
  const base = { projects: [{ id: 'p1', name: { value: 'A project' }, highlights, keywords: [] }] };
  expect(placeOf(suggestion('quantify', 'b2'), base)).toEqual(source);
  expect(placeOf(suggestion('quantify', 'b1'), base)).toBeNull();
  expect(placeOf(suggestion('ask-skill'), base)).toBeNull();
});
