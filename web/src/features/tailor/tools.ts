// The suggestions by what they do, as tools that can be taken up one at a time.
import type { Resume, Source } from '../../api/client';
import type { Suggestion } from './queries';

export const TOOLS = ['keyword', 'order', 'number', 'wording', 'shorten'] as const;
export type Tool = (typeof TOOLS)[number];

const OF_KIND: Record<string, Tool> = {
  'ask-skill': 'keyword',
  'lift-skill': 'keyword',
  'reorder-skills': 'order',
  'reorder-bullets': 'order',
  quantify: 'number',
  'drop-bullet': 'shorten',
  'shorten-bullet': 'shorten',
};

/** What is about no keyword, order, number or length is about words. */
export const toolOf = ({ kind }: Suggestion): Tool => OF_KIND[kind] ?? 'wording';

/** Where in the original the line stands that a suggestion is about. */
export function placeOf({ evidence }: Suggestion, base: Partial<Pick<Resume, 'work' | 'volunteer' | 'projects' | 'education'>>): Source | null {
  const ids = new Set(evidence.flatMap(({ id }) => (id ? [id] : [])));
  const entries = [...(base.work ?? []), ...(base.volunteer ?? []), ...(base.projects ?? []), ...(base.education ?? [])];
  const bullets = entries.flatMap(({ highlights }) => highlights ?? []);
  return bullets.find(({ id }) => ids.has(id))?.text.source ?? null;
}
