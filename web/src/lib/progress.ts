// How far the reading of each résumé is, from the events of the server.
import type { Schemas } from '../api/client';
import type { LiveEvent } from '../api/live';
import { t, tn } from './i18n';

export type Found = Schemas['Found'];
export type Progress = { step: LiveEvent['step']; share: number; detail: string | null; found?: Found | null };
export type ProgressByResume = Readonly<Record<string, Progress>>;

const isLast = (step: Progress['step']) => step === 'ready' || step === 'failed';

/** The state after an event. Progress never runs backwards, save that a new reading begins at `stored`. */
export function reduceProgress(state: ProgressByResume, event: LiveEvent): ProgressByResume {
  const known = state[event.resume_id];
  const late = known && event.step !== 'stored' && !isLast(event.step) && (isLast(known.step) || event.share < known.share);
  if (late) return state;
  // What was found is told once, and stays true until the file is read anew.
  const found = event.found ?? (event.step === 'stored' ? null : known?.found) ?? null;
  return { ...state, [event.resume_id]: { step: event.step, share: event.share, detail: event.detail ?? null, ...(found && { found }) } };
}

export const STEPS = ['stored', 'reading', 'parsing', 'fitting'] as const;

/** The step in words; of a file that is recognised page by page, also the page. */
export function sayStep(step: Progress['step'], detail?: string | null): string {
  const page = step === 'reading' ? /(\d+) of (\d+)/.exec(detail ?? '') : null;
  return page ? t('step.page', { n: page[1] ?? '', all: page[2] ?? '' }) : t(`step.${step}`);
}

/** What was found so far, as short texts; of what there is none, nothing is said. */
export function sayFound({ pages, jobs, education, skills }: Found): string[] {
  const counts = [['found.pages', pages], ['found.jobs', jobs], ['found.education', education], ['found.skills', skills]] as const;
  return counts.flatMap(([name, n]) => (n ? [tn(name, n)] : []));
}
