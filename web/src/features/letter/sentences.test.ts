import { expect, test } from 'vitest';
import { paragraphText, resplit } from './sentences';

const one = { text: 'I led the rewrite.', evidence: [{ quote: 'Led the rewrite' }], posting: null };
const two = { text: 'I also wrote the guide.', evidence: [{ quote: 'Wrote the guide' }], posting: null };

test('what still stands keeps its evidence, what is new has none', () => {
  expect(resplit([one, two], paragraphText([one, two]))).toEqual([one, two]);
  expect(resplit([one, two], 'In short: I led the rewrite. And that is that.')).toEqual([{ text: 'In short:', evidence: [], posting: null }, one, { text: 'And that is that.', evidence: [], posting: null }]);
  expect(resplit([one, two], '  ')).toEqual([]);
});
