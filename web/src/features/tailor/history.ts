// What was taken before, of one tailoring: ids of suggestions, points and times, never a word of the person. Kept in this
// browser, so that it is there again tomorrow.
export type Past = { at: string; accepted: string[]; total: number };

const MOST = 30;
const keptKey = (id: string) => `tailoring-history-${id}`;
const same = (one: string[], other: string[]) => one.length === other.length && one.every((id) => other.includes(id));

const isPast = (value: unknown): value is Past =>
  typeof value === 'object' && value !== null && 'at' in value && 'accepted' in value && Array.isArray(value.accepted) && 'total' in value && typeof value.total === 'number';

/** Newest first; what makes no sense is left out. */
export function readPast(id: string): Past[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptKey(id)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPast) : [];
  } catch {
    return [];
  }
}

/** `past` with `next` on top; a choice that is there already comes up instead of standing there twice. */
export const withPast = (past: Past[], next: Past): Past[] => [next, ...past.filter(({ accepted }) => !same(accepted, next.accepted))].slice(0, MOST);

/** Notes choices, the later ones last. */
export function notePast(id: string, ...choices: Past[]) {
  try {
    localStorage.setItem(keptKey(id), JSON.stringify(choices.reduce(withPast, readPast(id))));
  } catch {
    // No room: undo still has it.
  }
}

export const forgetPast = (id: string) => localStorage.removeItem(keptKey(id));

export const isNow = (past: Past, accepted: string[]) => same(past.accepted, accepted);
