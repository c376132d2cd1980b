// The tailored résumé beside the original, or beside another tailoring of it, with each suggestion where it stands.
import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { useMay, useTailorings } from '../../api/queries';
import { num, t } from '../../lib/i18n';
import { ByModel } from '../../ui/AskModel';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { sayName } from '../../lib/words';
import { Versions } from '../../ui/Versions';
import type { Suggestion, TailoringDetail } from './queries';
import { useTailoring } from './queries';
import { noteKeys, violationKey } from './places';
import { Why } from './Suggestions';

type ComparePaneProps = { detail: TailoringDetail; accepted: string[]; lit: ReadonlySet<string>; onToggle: (id: string) => void };

export function ComparePane({ detail, accepted, lit, onToggle }: ComparePaneProps) {
  const [other, setOther] = useState('');
  const id = useId();
  const variants = useTailorings(detail.resume_id).data?.filter((one) => one.id !== detail.id) ?? [];
  return (
    <div className="stack">
      {variants.length > 0 && (
        <div className="row wrap">
          <label className="small" htmlFor={id}>
            {t('tailor.compare-with')}
          </label>
          <select id={id} className="select" value={other} onChange={(event) => setOther(event.target.value)}>
            <option value="">{t('tailor.original')}</option>
            {variants.map((one) => (
              <option key={one.id} value={one.id}>
                {[one.title ?? t('job.untitled'), one.company].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        </div>
      )}
      {other === '' ? <WithOriginal detail={detail} accepted={accepted} lit={lit} onToggle={onToggle} /> : <WithVariant key={other} otherId={other} detail={detail} />}
    </div>
  );
}

function WithOriginal({ detail, accepted, lit, onToggle }: ComparePaneProps) {
  const notes = noteKeys(detail.tailoring.suggestions, detail.base, detail.tailored);
  const unproven = new Map(detail.violations.map((violation) => [violationKey(violation, detail.tailored), violation]));
  const under = (key: string) => {
    const violation = unproven.get(key);
    const suggestions = notes.get(key) ?? [];
    if (!violation && suggestions.length === 0) return null;
    return (
      <>
        {violation && (
          <p className="unproven small" role="note">
            <Chip tone="bad">{sayName(violation.kind)}</Chip> {violation.message} <q>{violation.text}</q>
          </p>
        )}
        {suggestions.map((suggestion) => (
          <Note key={suggestion.id} suggestion={suggestion} taken={accepted.includes(suggestion.id)} onToggle={() => onToggle(suggestion.id)} />
        ))}
      </>
    );
  };
  return <Versions before={detail.base} after={detail.tailored} titles={[t('tailor.original'), t('tailor.tailored-side')]} lit={lit} renderUnder={under} />;
}

/** A suggestion in the line that it changes. */
function Note({ suggestion, taken, onToggle }: { suggestion: Suggestion; taken: boolean; onToggle: () => void }) {
  const may = useMay();
  return (
    <div className={`note small ${taken ? 'taken' : ''}`}>
      <details>
        <summary>
          {taken && <Check size={13} aria-hidden />} {suggestion.title}
          {suggestion.author === 'model' && <ByModel />}
          {suggestion.delta >= 0.05 && <span className="gain tabular"> +{num(suggestion.delta, 1)}</span>}
        </summary>
        <Why suggestion={suggestion} />
      </details>
      <Button slim look="quiet" hidden={!may.edit} aria-label={t(taken ? 'tailor.refuse-what' : 'tailor.accept-what', { what: suggestion.title })} onClick={onToggle}>
        {t(taken ? 'tailor.refuse' : 'tailor.accept')}
      </Button>
    </div>
  );
}

function WithVariant({ otherId, detail }: { otherId: string; detail: TailoringDetail }) {
  const other = useTailoring(otherId);
  if (other.isPending) return <Loading what={t('tailor.loading')} />;
  if (other.isError) return <ProblemCard error={other.error} />;
  const title = (one: TailoringDetail) => `${one.job.title?.text ?? t('job.untitled')} · ${num(Math.round(one.now.total))}`;
  return (
    <>
      {other.data.base_version !== detail.base_version && <p className="muted small">{t('tailor.other-base')}</p>}
      <Versions before={other.data.tailored} after={detail.tailored} titles={[title(other.data), title(detail)]} onlyChanges />
    </>
  );
}
