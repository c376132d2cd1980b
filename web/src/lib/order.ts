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
