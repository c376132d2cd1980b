// The fields of a résumé that stand somewhere in the original, and the small edits that the page makes to one.
import type { Field, Resume, Source } from '../api/client';

export type Placed = { section: string; source: Source };

/** Every field of the résumé with a source, by section, in document order. */
export function placedFields(resume: Resume): Placed[] {
  const found: Placed[] = [];
  const visit = (section: string, value: unknown) => {
    if (Array.isArray(value)) for (const item of value) visit(section, item);
    else if (typeof value === 'object' && value !== null) {
      if ('value' in value && 'source' in value && value.source) found.push({ section, source: value.source as Source });
      else for (const item of Object.values(value)) visit(section, item);
    }
  };
  for (const [section, value] of Object.entries(resume)) visit(section, value);
  return found.sort((a, b) => a.source.start - b.source.start || b.source.end - a.source.end);
}

export const sameSource = (a: Source | null | undefined, b: Source | null | undefined) =>
  !!a && !!b && a.start === b.start && a.end === b.end && a.page === b.page;

/** A value that the person typed: certain, and no longer read from the file. */
export const typed = (value: string): Field => ({ value, confidence: 1 });

/** The fields that were read with doubt and stand somewhere in the original, the most doubtful first. */
export function doubtfulFields(resume: Resume): { section: string; field: Field; source: Source }[] {
  const found: { section: string; field: Field; source: Source }[] = [];
  const visit = (section: string, value: unknown) => {
    if (Array.isArray(value)) for (const item of value) visit(section, item);
    else if (typeof value === 'object' && value !== null) {
      if ('value' in value && typeof value.value === 'string') {
        const field = value as Field;
        if (field.source && isDoubtful(field)) found.push({ section, field, source: field.source });
      } else for (const item of Object.values(value)) visit(section, item);
    }
  };
  for (const [section, value] of Object.entries(resume)) visit(section, value);
  return found.sort((a, b) => (a.field.confidence ?? 1) - (b.field.confidence ?? 1));
}

/** The next free id of a kind ("b" for bullets, "w" for work …) in a résumé. */
export function nextId(resume: Resume, kind: string): string {
  const taken = [...JSON.stringify(resume).matchAll(new RegExp(`"id":"${kind}(\\d+)"`, 'g'))].map((m) => Number(m[1]));
  return `${kind}${Math.max(0, ...taken) + 1}`;
}

/** Below this a value is shown as doubtful. */
export const DOUBTFUL = 0.75;
export const isDoubtful = (field: Field | null | undefined) => !!field && (field.confidence ?? 1) < DOUBTFUL;
