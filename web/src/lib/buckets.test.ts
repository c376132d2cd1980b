import { expect, test } from 'vitest';
import { buckets } from './buckets';

const at = (day: string, n: number) => ({ day, counts: { export: n } });

test('no day is left out', () => {
  const bars = buckets([at('2026-02-27', 2), at('2026-03-02', 1)], '2026-02-27', '2026-03-02');
  expect(bars.map(({ from }) => from)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  expect(bars.map(({ counts }) => counts['export'] ?? 0)).toEqual([2, 0, 0, 1]);
});

test.each([
  ['2026-01-01', '2026-03-31', 13],
  ['2025-04-01', '2026-03-31', 14],
])('from %s to %s are %i bars, and nothing is lost', (since, until, n) => {
  const bars = buckets([at(since, 3), at(until, 4)], since, until);
  expect(bars).toHaveLength(n);
  expect(bars[0]?.from).toBe(since);
  expect(bars.at(-1)?.to).toBe(until);
  expect([bars[0]?.counts['export'], bars.at(-1)?.counts['export']]).toEqual([3, 4]);
});

test('what is no span of days has no bars', () => expect(buckets([], '2026-03-02', '2026-03-01')).toEqual([]));
