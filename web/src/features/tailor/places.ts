// Where in the tailored résumé a suggestion or a violation of the evidence stands.
import type { Resume, Schemas } from '../../api/client';
import { outline } from '../../lib/outline';
import type { Suggestion } from './queries';
import { touched } from './touched';

/** The suggestions by the block under which each is told: the first that it changes, of those that are shown. */
export function noteKeys(suggestions: Suggestion[], base: Resume, tailored: Resume): Map<string, Suggestion[]> {
  const keys = outline(tailored).map(({ key }) => key);
  const before = outline(base).map(({ key }) => key);
  const notes = new Map<string, Suggestion[]>();
  for (const suggestion of suggestions) {
    const changed = touched(suggestion);
    // A dropped line is told where the line before it stands.
    const dropped = before.findIndex((key) => changed.has(key) && !keys.includes(key));
    const key = keys.find((one) => changed.has(one)) ?? (dropped < 0 ? undefined : before.slice(0, dropped).findLast((one) => keys.includes(one)));
    if (key === undefined) continue;
    notes.set(key, [...(notes.get(key) ?? []), suggestion]);
  }
  return notes;
}

/** The block that says what has no evidence; that of the summary or of the contact has no id of its own. */
export function violationKey({ id, text }: Schemas['Violation'], tailored: Resume): string {
  if (id) return id;
  return tailored.summary?.value.includes(text) ? 'summary' : 'name';
}
