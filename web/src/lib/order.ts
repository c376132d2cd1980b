// The order of bullets, where a bullet of a deeper level belongs to the one above it.

type Levelled = { level?: number };

/** The index after a bullet and all that belongs to it. */
function endOf(list: readonly Levelled[], index: number): number {
  const level = list[index]?.level ?? 0;
  let end = index + 1;
  while (end < list.length && (list[end]?.level ?? 0) > level) end++;
  return end;
}

/**
 * Moves the bullet at `index`, with what belongs to it, past its neighbour of the same level: up by −1, down by 1.
 * Gives its new index, or `null` (and changes nothing) where it is the first or last under its parent.
 */
export function moveBullet(list: Levelled[], index: number, step: -1 | 1): number | null {
  const level = list[index]?.level ?? 0;
  const end = endOf(list, index);
  if (step === 1) {
    if (end >= list.length || (list[end]?.level ?? 0) !== level) return null;
    const next = endOf(list, end);
    list.splice(index, next - index, ...list.slice(end, next), ...list.slice(index, end));
    return index + next - end;
  }
  let before = index - 1;
  while (before >= 0 && (list[before]?.level ?? 0) > level) before--;
  if (before < 0 || (list[before]?.level ?? 0) !== level) return null;
  list.splice(before, end - before, ...list.slice(index, end), ...list.slice(before, index));
  return before;
}

/** Moves an item of a list to another place, in the list itself. */
export function moveItem<T>(list: T[], from: number, to: number): void {
  const [item] = list.splice(from, 1);
  if (item !== undefined) list.splice(to, 0, item);
}

/** Moves the bullet at `from`, with what belongs to it, as near to `to` as its level allows; gives its new index. */
export function moveBulletTo(list: Levelled[], from: number, to: number): number {
  let at = from;
  while (at !== to) {
    const next = moveBullet(list, at, to > at ? 1 : -1);
    if (next === null || (to > from ? next > to : next < to)) return next ?? at;
    at = next;
  }
  return at;
}

type Named = { id: string };

/**
 * Puts a list back into the order in which its ids stood before, and changes nothing else: what was edited since stays
 * edited, what was removed stays removed, and what is new stays behind what it stands behind now.
 */
export function restoreOrder<T extends Named>(list: T[], before: readonly string[]): void {
  const now = [...list];
  const known = new Map(now.map((item) => [item.id, item]));
  const ordered = before.flatMap((id) => known.get(id) ?? []);
  const old = new Set(before);
  now.forEach((item, index) => {
    if (old.has(item.id)) return;
    const ahead = now[index - 1];
    ordered.splice(ahead ? ordered.indexOf(ahead) + 1 : 0, 0, item);
  });
  list.splice(0, list.length, ...ordered);
}

/** The sections that can be put in an order of one's own, in the order they have without one. */
export const SECTIONS = [
  'summary',
  'work',
  'education',
  'skills',
  'projects',
  'certificates',
  'awards',
  'publications',
  'volunteer',
  'languages',
  'interests',
  'references',
  'extras',
] as const;
export type Ordered = (typeof SECTIONS)[number];

/** Every section in the order of a résumé: those that it names first, the others where they usually stand. */
export function sectionOrder(named: readonly string[]): Ordered[] {
  const own = SECTIONS.filter((section) => named.includes(section)).sort((a, b) => named.indexOf(a) - named.indexOf(b));
  return [...own, ...SECTIONS.filter((section) => !named.includes(section))];
}
