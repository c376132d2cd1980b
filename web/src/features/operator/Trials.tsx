// Trials of template variants: what each variant reached, how sure that is, and what may be said of it.
import { eventName } from '../../lib/events';
import { num, t } from '../../lib/i18n';
import { sayName } from '../../lib/words';
import { Chip } from '../../ui/basics';
import type { ServerNumbers } from './queries';

type Trial = ServerNumbers['trials'][number];

function sayVerdict(verdict: Trial['verdict']): string {
  switch (verdict.verdict) {
    case 'not-enough-data':
      return t('trial.not-enough', { n: num(verdict.missing) });
    case 'mismatch':
      return t('trial.mismatch', { p: verdict.p.toExponential(1) });
    case 'better':
      return t('trial.better', { name: sayName(verdict.name) });
    default:
      return t(`trial.${verdict.verdict}`);
  }
}

const percent = (share: number) => num(share * 100, 1);

export function Trials({ trials }: { trials: Trial[] }) {
  if (trials.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{t('trial.title')}</h2>
      {trials.map((trial) => (
        <article key={trial.name} className="stack trial">
          <div className="row wrap">
            <h3>{trial.name}</h3>
            <Chip tone={trial.running ? 'good' : ''}>{t(trial.running ? 'trial.running' : 'trial.ended')}</Chip>
            <span className="muted small">{t('trial.metric', { what: eventName(trial.metric) })}</span>
          </div>
          <ul className="count-bars">
            {trial.variants.map(({ name, count, rate, interval }) => (
              <li key={name}>
                <span>{sayName(name)}</span>
                <span className="trial-range" aria-hidden>
                  {interval && <span style={{ left: `${(interval[0] ?? 0) * 100}%`, width: `${((interval[1] ?? 0) - (interval[0] ?? 0)) * 100}%` }} />}
                  {typeof rate === 'number' && <i style={{ left: `${rate * 100}%` }} />}
                </span>
                <span className="tabular">
                  {typeof rate === 'number' && interval
                    ? t('trial.rate', { rate: percent(rate), from: percent(interval[0] ?? 0), to: percent(interval[1] ?? 0) })
                    : t('trial.people', { n: num(count.people) })}
                </span>
              </li>
            ))}
          </ul>
          <p>
            <strong>{sayVerdict(trial.verdict)}</strong>
          </p>
          <p className="muted small">{trial.rule}</p>
        </article>
      ))}
    </section>
  );
}
