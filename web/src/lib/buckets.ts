// Counts of days as bars over time: no day left out, and weeks or months where there would be too many bars.
export type Bucket = { from: string; to: string; counts: Record<string, number> };

const DAY_MS = 24 * 3600 * 1000;
/** Bars that still can be told apart on a phone. */
const MOST_BARS = 45;

const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

/** `days`: the days with counts, `2026-01-31`. Bars are of 1, 7 or 28 days, and the last one ends with `until`. */
export function buckets(days: { day: string; counts: Record<string, number> }[], since: string, until: string): Bucket[] {
  const [first, last] = [Date.parse(since), Date.parse(until)];
  if (Number.isNaN(first) || Number.isNaN(last) || first > last) return [];
  const span = Math.round((last - first) / DAY_MS) + 1;
  const size = [1, 7].find((length) => span / length <= MOST_BARS) ?? 28;
  const bars: Bucket[] = Array.from({ length: Math.ceil(span / size) }, (_, index) => {
    const to = last - (Math.ceil(span / size) - 1 - index) * size * DAY_MS;
    return { from: iso(Math.max(first, to - (size - 1) * DAY_MS)), to: iso(to), counts: {} };
  });
  for (const { day, counts } of days) {
    const bar = bars.find(({ from, to }) => from <= day && day <= to);
    for (const [event, n] of bar ? Object.entries(counts) : []) if (bar) bar.counts[event] = (bar.counts[event] ?? 0) + n;
  }
  return bars;
}
