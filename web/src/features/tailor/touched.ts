import type { Suggestion } from './queries';

/** The keys of the blocks that a suggestion changes, so that pointing at it shows them. */
export function touched({ edit }: Suggestion): ReadonlySet<string> {
  if (!edit) return NOTHING;
  switch (edit.kind) {
    case 'reorder-bullets':
      return new Set(edit.order.filter((id, index) => edit.before[index] !== id));
    case 'reorder-skills':
    case 'add-skill':
    case 'remove-skill':
      return new Set([edit.group]);
    case 'replace-text':
      return new Set(strings(edit.target));
    case 'drop-bullet':
    case 'insert-bullet':
      return new Set([edit.bullet.id]);
    default:
      return NOTHING;
  }
}

export const NOTHING: ReadonlySet<string> = new Set();

const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
