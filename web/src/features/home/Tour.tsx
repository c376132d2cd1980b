// The three steps of a first visit: bring a résumé, see what it says about you, put it to use. Skipped or gone through
// once, it does not come back by itself; the settings and the commands bring it back.
import { Check, X } from 'lucide-react';
import { Link } from 'react-router';
import { t } from '../../lib/i18n';
import { TOUR_STEPS, usePreference } from '../../lib/preferences';
import { Button } from '../../ui/basics';

type TourProps = { /** The résumé to look at; none before the first is read. */ resumeId: string | undefined };

export function Tour({ resumeId }: TourProps) {
  const [kept, setStep] = usePreference('tour');
  if (kept > TOUR_STEPS) return null;
  // The first step is done once there is a résumé, whichever way it came.
  const step = resumeId === undefined ? 1 : Math.max(kept, 2);
  return (
    <section className="card tour" aria-label={t('tour.title')}>
      <ol className="tour-steps">
        {([1, 2, 3] as const).map((n) => (
          <li key={n} className={n < step ? 'done' : ''} aria-current={n === step ? 'step' : undefined}>
            <span className="tour-number" aria-hidden>
              {n < step ? <Check size={13} /> : n}
            </span>
            <span>
              <strong>{t(`tour.${n}`)}</strong>
              {n < step && <span className="hidden-visually"> {t('tour.done')}</span>}
              {(n === step || step === 1) && <span className="muted small">{t(`tour.${n}.why`)}</span>}
            </span>
          </li>
        ))}
      </ol>
      <div className="row wrap">
        {step === 2 && (
          <>
            <a className="button primary" href="#skill-profile">
              {t('tour.2.do')}
            </a>
            <Button onClick={() => setStep(3)}>{t('tour.next')}</Button>
          </>
        )}
        {step === 3 && (
          <>
            <Link className="button primary" to={`/resumes/${resumeId}/tailor`} onClick={() => setStep(TOUR_STEPS + 1)}>
              {t('tour.3.tailor')}
            </Link>
            <Link className="button" to={`/resumes/${resumeId}/roles`} onClick={() => setStep(TOUR_STEPS + 1)}>
              {t('tour.3.roles')}
            </Link>
          </>
        )}
        <Button look="quiet" onClick={() => setStep(TOUR_STEPS + 1)}>
          <X size={14} aria-hidden /> {t('tour.skip')}
        </Button>
      </div>
    </section>
  );
}
