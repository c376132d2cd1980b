// The button that asks the language model which the person has switched on, and what came of asking it. Nothing is there
// while it is off.
import './ask-model.css';
import { Sparkles } from 'lucide-react';
import type { Schemas } from '../api/client';
import { useLanguageModel } from '../api/queries';
import { t, tn } from '../lib/i18n';
import { Button, ProblemCard } from './basics';

type AskModelProps = { asked?: Schemas['Asked'] | null; isPending: boolean; error: unknown; onAsk: () => void };

export function AskModel({ asked, isPending, error, onAsk }: AskModelProps) {
  const chosen = useLanguageModel().data?.chosen;
  if (!asked && (!chosen || chosen.fault)) return null;
  return (
    <div className="ask-model">
      {chosen && !chosen.fault && (
        <Button slim disabled={isPending} onClick={onAsk}>
          <Sparkles size={14} aria-hidden /> {isPending ? t('model.asking', { name: chosen.name }) : t(asked ? 'model.ask-again' : 'model.ask', { name: chosen.name })}
        </Button>
      )}
      <p className="small muted" role="status">
        {asked && !isPending && <Outcome asked={asked} />}
      </p>
      {error !== null && <ProblemCard error={error} />}
    </div>
  );
}

function Outcome({ asked: { model, worded, refused, failure } }: { asked: Schemas['Asked'] }) {
  const parts = failure ? [t(`model.failed.${failure}`), t('model.stands')] : [tn('model.worded', worded), ...(refused > 0 ? [tn('model.refused', refused)] : [])];
  return [t('model.asked', { name: model }), ...parts].join(' ');
}

/** Marks what a language model worded. */
export function ByModel() {
  return (
    <span className="by-model small">
      <Sparkles size={12} aria-hidden /> {t('model.worded-this')}
    </span>
  );
}
