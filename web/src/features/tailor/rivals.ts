// Suggestions that word the same text: only one of them can stand.
import type { Suggestion } from './queries';

/** The text that a suggestion words or takes out, as a key; `null` for one that does neither. */
function textOf({ edit }: Suggestion): string | null {
  if (edit?.kind === 'drop-bullet') return edit.bullet.id;
  if (edit?.kind !== 'replace-text') return null;
  return 'id' in edit.target ? edit.target.id : edit.target.at;
}

/** What is taken once `id` is taken, too: others that word the same text are taken back. */
export function withRivalsOut(suggestions: Suggestion[], accepted: string[], id: string): string[] {
  const taken = suggestions.find((one) => one.id === id);
  const text = taken ? textOf(taken) : null;
  const rivals = text === null ? [] : suggestions.filter((one) => one.id !== id && textOf(one) === text).map((one) => one.id);
  return [...accepted.filter((other) => !rivals.includes(other)), id];
}

/** Every suggestion that has an edit; of several that word the same text the first. */
export function allTogether(suggestions: Suggestion[]): string[] {
  const edits = suggestions.filter(({ edit }) => edit);
  const texts = edits.map(textOf);
  return edits.filter((_, at) => texts[at] === null || texts.indexOf(texts[at] ?? null) === at).map(({ id }) => id);
}
