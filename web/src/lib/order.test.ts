// Moving things, and taking a move back without touching anything else.
import { describe, expect, test } from 'vitest';
import { SECTIONS, moveBulletTo, moveItem, restoreOrder, sectionOrder } from './order';

const ids = (list: { id: string }[]) => list.map(({ id }) => id).join('');
const of = (letters: string) => [...letters].map((id) => ({ id }));

describe('moving', () => {
  test.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [5, 0, 'abc'],
  ])('from %i to %i', (from, to, expected) => {
    const list = of('abc');
    moveItem(list, from, to);
    expect(ids(list)).toBe(expected);
  });
  test('a bullet goes as far as its level allows, with what belongs to it', () => {
    const list = [
      { id: 'a', level: 0 },
      { id: 'b', level: 1 },
      { id: 'c', level: 0 },
      { id: 'd', level: 0 },
    ];
    expect(moveBulletTo(list, 0, 3)).toBe(2);
    expect(ids(list)).toBe('cdab');
    expect(moveBulletTo(list, 3, 0)).toBe(3);
    expect(ids(list)).toBe('cdab');
  });
});

describe('taking a move back', () => {
  test('restores the order and keeps edits', () => {
    const list = [{ id: 'b', text: 'new' }, { id: 'a', text: 'old' }];
    restoreOrder(list, ['a', 'b']);
    expect(list).toEqual([{ id: 'a', text: 'old' }, { id: 'b', text: 'new' }]);
  });
  test('what was removed stays removed, what is new stays where it is', () => {
    const list = of('cxa');
    restoreOrder(list, ['a', 'b', 'c']);
    expect(ids(list)).toBe('acx');
    const first = of('xba');
    restoreOrder(first, ['a', 'b']);
    expect(ids(first)).toBe('xab');
  });
});

test('every section has one place, those that are named first', () => {
  expect(sectionOrder(['contact', 'skills', 'work']).slice(0, 3)).toEqual(['skills', 'work', 'summary']);
  expect([...sectionOrder(['extras'])].sort()).toEqual([...SECTIONS].sort());
});
