// A résumé as a flat list of blocks with stable keys, for showing two of them side by side.
import { diffWordsWithSpace } from 'diff';
import type { Resume, Schemas } from '../api/client';
import { showDate } from './dates';
import { t } from './i18n';

export type Block = { key: string; kind: 'heading' | 'entry' | 'text' | 'bullet'; text: string };
export type Piece = { text: string; mark: 'same' | 'added' | 'removed' };
export type Marked = { key: string; kind: Block['kind']; pieces: Piece[]; moved: 'up' | 'down' | null };

type Dated = { start?: { value: string } | null; end?: { value: string } | null };

const line = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');
export const showSpan = ({ start, end }: Dated) =>
  [start?.value, end?.value].filter((v): v is string => !!v).map(showDate).join(' – ');

/** The blocks of a résumé in the order in which it is read. */
export function outline(resume: Resume): Block[] {
  const blocks: Block[] = [];
  const add = (key: string, kind: Block['kind'], text: string | null | undefined) => {
    if (text) blocks.push({ key, kind, text });
  };
  const bullets = (list: Schemas['Bullet'][] | undefined) => {
    for (const bullet of list ?? []) add(bullet.id, 'bullet', bullet.text.value);
  };
  add('name', 'heading', resume.contact?.name?.value);
  add('label', 'text', resume.contact?.label?.value);
  if (resume.summary) {
    add('h-summary', 'heading', t('section.summary'));
    add('summary', 'text', resume.summary.value);
  }
  const entries = (key: 'work' | 'volunteer', title: string) => {
    const list = resume[key] ?? [];
    if (list.length > 0) add(`h-${key}`, 'heading', title);
    for (const entry of list) {
      add(entry.id, 'entry', line([entry.position?.value, entry.company?.value, showSpan(entry)]));
      add(`${entry.id}-summary`, 'text', entry.summary?.value);
      bullets(entry.highlights);
    }
  };
  entries('work', t('section.work'));
  if (resume.projects?.length) add('h-projects', 'heading', t('section.projects'));
  for (const project of resume.projects ?? []) {
    add(project.id, 'entry', line([project.name.value, project.role?.value, showSpan(project)]));
    add(`${project.id}-description`, 'text', project.description?.value);
    bullets(project.highlights);
    add(`${project.id}-keywords`, 'text', project.keywords?.map((k) => k.value).join(', '));
  }
  if (resume.education?.length) add('h-education', 'heading', t('section.education'));
  for (const entry of resume.education ?? []) {
    add(entry.id, 'entry', line([[entry.study_type?.value, entry.area?.value].filter(Boolean).join(', '), entry.institution?.value, showSpan(entry)]));
    bullets(entry.highlights);
  }
  if (resume.skills?.length) add('h-skills', 'heading', t('section.skills'));
  for (const group of resume.skills ?? []) {
    const words = (group.keywords ?? []).map((k) => k.value).join(', ');
    add(group.id, 'text', group.name ? `${group.name.value}: ${words}` : words);
  }
  for (const key of ['certificates', 'awards', 'publications'] as const) {
    if (resume[key]?.length) add(`h-${key}`, 'heading', t(`section.${key}`));
    for (const item of resume[key] ?? []) {
      add(item.id, 'entry', line([item.name.value, item.issuer?.value, item.date ? showDate(item.date.value) : null]));
    }
  }
  entries('volunteer', t('section.volunteer'));
  if (resume.languages?.length) add('h-languages', 'heading', t('section.languages'));
  for (const item of resume.languages ?? []) add(item.id, 'text', line([item.language.value, item.fluency?.value]));
  return blocks;
}

/** Both résumés with the words that differ marked: removed ones in the first, added ones in the second. */
export function compare(before: Resume, after: Resume): { before: Marked[]; after: Marked[]; changed: number } {
  const [left, right] = [outline(before), outline(after)];
  const [leftAt, rightAt] = [indexed(left), indexed(right)];
  let changed = 0;
  const mark = (blocks: Block[], at: Map<string, number>, other: Block[], otherAt: Map<string, number>, side: 'removed' | 'added') =>
    blocks.map((block): Marked => {
      const index = otherAt.get(block.key);
      const twin = index === undefined ? undefined : other[index];
      const moved = twin && index !== undefined ? direction(blocks, at, other, otherAt, block) : null;
      let pieces: Piece[] = [{ text: block.text, mark: twin ? 'same' : side }];
      if (twin && twin.text !== block.text) {
        const [old, now] = side === 'removed' ? [block.text, twin.text] : [twin.text, block.text];
        pieces = diffWordsWithSpace(old, now)
          .filter((p) => (side === 'removed' ? !p.added : !p.removed))
          .map((p) => ({ text: p.value, mark: p.added || p.removed ? side : 'same' }));
      }
      if (side === 'added' && (moved || pieces.some((p) => p.mark !== 'same'))) changed++;
      return { key: block.key, kind: block.kind, pieces, moved };
    });
  const one = mark(left, leftAt, right, rightAt, 'removed');
  const two = mark(right, rightAt, left, leftAt, 'added');
  return { before: one, after: two, changed };
}

const indexed = (blocks: Block[]) => new Map(blocks.map((block, index) => [block.key, index]));

/** Whether a bullet stands higher or lower among the bullets of its entry than in the other résumé. */
function direction(blocks: Block[], at: Map<string, number>, other: Block[], otherAt: Map<string, number>, block: Block): 'up' | 'down' | null {
  if (block.kind !== 'bullet') return null;
  const here = rank(blocks, at.get(block.key) ?? 0);
  const there = rank(other, otherAt.get(block.key) ?? 0);
  return here === there ? null : here < there ? 'up' : 'down';
}

function rank(blocks: Block[], index: number): number {
  let first = index;
  while (blocks[first - 1]?.kind === 'bullet') first--;
  return index - first;
}
