import { createContext, useContext } from 'react';
import type { Source } from '../../api/client';

export type Highlight = { active: Source | null; show: (source: Source | null, scroll: boolean) => void };

export const HighlightContext = createContext<Highlight>({ active: null, show: () => undefined });
export const useHighlight = () => useContext(HighlightContext);

/** The colour of a section, the same beside the original and beside the fields. */
export function sectionColour(section: string): string {
  const own = ['contact', 'summary', 'work', 'education', 'skills'];
  return `var(--section-${own.includes(section) ? section : 'other'})`;
}
