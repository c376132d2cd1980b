// The words of what is counted, and the counts in the shapes that charts want.
import type { Key } from './i18n';
import { WORDS, t } from './i18n';
import { sayName } from './words';

export const OUTCOMES = ['applied', 'interview', 'offer', 'rejected'] as const;

/** By event, then by label. */
export type Counts = Record<string, Record<string, number>>;

export const eventName = (event: string): string => {
  const key = `counts.event.${event}`;
  return key in WORDS ? t(key as Key) : sayName(event);
};

export function countsOf(totals: { event: string; label: string; n: number }[]): Counts {
  const counts: Counts = {};
  for (const { event, label, n } of totals) (counts[event] ??= {})[label] = n;
  return counts;
}

/** The kinds of suggestions, those asked most first. What was taken back was taken before. */
export function suggestionRows(counts: Counts): [label: string, taken: number, refused: number][] {
  const [taken, refused] = [counts['suggestion-accepted'] ?? {}, counts['suggestion-refused'] ?? {}];
  return [...new Set([...Object.keys(taken), ...Object.keys(refused)])]
    .map((kind): [string, number, number] => [sayName(kind), taken[kind] ?? 0, refused[kind] ?? 0])
    .sort((a, b) => b[1] + b[2] - a[1] - a[2]);
}

/** In UTC, as the server counts: `2026-01-31`. */
export const today = () => new Date().toISOString().slice(0, 10);

/** A label of an event as a person reads it: formats are called in capitals. */
export const labelName = (event: string, label: string): string => (event === 'export' || event === 'download' ? label.toUpperCase() : sayName(label));
