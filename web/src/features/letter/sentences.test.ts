import { expect, test } from 'vitest';
import { paragraphText, resplit, sentenceSaying } from './sentences';

const one = { text: 'I led the rewrite.', evidence: [{ quote: 'Led the rewrite' }], posting: null, author: 'rules' as const };
const two = { text: 'I also wrote the guide.', evidence: [{ quote: 'Wrote the guide' }], posting: null, author: 'rules' as const };

test('what still stands keeps its evidence, what is new has none', () => {
  expect(resplit([one, two], paragraphText([one, two]))).toEqual([one, two]);
  expect(resplit([one, two], 'In short: I led the rewrite. And that is that.')).toEqual([{ text: 'In short:', evidence: [], posting: null, author: 'person' }, one, { text: 'And that is that.', evidence: [], posting: null, author: 'person' }]);
  expect(resplit([one, two], '  ')).toEqual([]);
});

test('what is confirmed is the sentence that says it, as a word of its own', () => {
  const proof = [{ quote: 'x' }] as never[];
  const all = [
    { text: 'Cut latency to 140 ms.', evidence: proof },
    { text: 'Led 14 people.', evidence: proof },
    { text: 'I hold 14 patents.', evidence: [] },
  ];
  expect(sentenceSaying(all, '14')).toBe('I hold 14 patents.');
  expect(sentenceSaying(all.slice(0, 2), '14')).toBe('Led 14 people.');
  expect(sentenceSaying(all, 'C++')).toBeUndefined();
});
