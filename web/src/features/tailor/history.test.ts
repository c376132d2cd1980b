import { expect, test } from 'vitest';
import { withPast } from './history';

const past = (total: number, ...accepted: string[]) => ({ at: '2026-01-31T09:00:00Z', accepted, total });

test('the newest choice is on top, and none stands there twice', () => {
  const all = [past(60, 's1', 's2'), past(50, 's1'), past(60, 's2', 's1')].reduce(withPast, []);
  expect(all.map(({ accepted }) => accepted)).toEqual([['s2', 's1'], ['s1']]);
});

test('thirty choices are kept', () => {
  const all = Array.from({ length: 40 }, (_, n) => past(n, `s${n}`)).reduce(withPast, []);
  expect(all).toHaveLength(30);
  expect(all[0]?.total).toBe(39);
});
