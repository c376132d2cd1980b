// How far the reading of each résumé is, from the events of the server.
import type { LiveEvent } from '../api/live';
import { t } from './i18n';

export type Progress = { step: LiveEvent['step']; share: number; detail: string | null };
export type ProgressByResume = Readonly<Record<string, Progress>>;

const isLast = (step: Progress['step']) => step === 'ready' || step === 'failed';

/** The state after an event. Progress never runs backwards, save that a new reading begins at `stored`. */
export function reduceProgress(state: ProgressByResume, event: LiveEvent): ProgressByResume {
  const known = state[event.resume_id];
  const late = known && event.step !== 'stored' && !isLast(event.step) && (isLast(known.step) || event.share < known.share);
  if (late) return state;
  return { ...state, [event.resume_id]: { step: event.step, share: event.share, detail: event.detail ?? null } };
}

export const sayStep = (step: Progress['step']) => t(`step.${step}`);
