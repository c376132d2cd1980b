// What would hold the résumé back: a score in parts that add up, and each finding with its place, reason and remedy.
import './audit.css';
import { useState } from 'react';
import type { Schemas, Source } from '../../api/client';
import { sayName } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard, ScoreBar, ScoreParts } from '../../ui/basics';
import { useAudit } from './queries';
import { t, tn } from '../../lib/i18n';

type Finding = Schemas['Finding'];
type AuditViewProps = { resumeId: string; onPlace: (source: Source) => void };

const GROUPS = ['ats', 'layout', 'content'] as const;
const TONES = { high: 'bad', medium: 'warn', low: '' } as const;

export function AuditView({ resumeId, onPlace }: AuditViewProps) {
  const [strict, setStrict] = useState(false);
  const audit = useAudit(resumeId, strict);
  if (audit.isPending) return <Loading what={t('check.loading')} />;
  if (audit.isError) {
    return (
      <ProblemCard error={audit.error}>
        <Button onClick={() => void audit.refetch()}>{t('again')}</Button>
      </ProblemCard>
    );
  }
  const { score, findings } = audit.data;
  return (
    <div className="audit">
      <aside className="card stack audit-score">
        <p className="row audit-total">
          <strong className="tabular" aria-live="polite">
            {Math.round(score.total)}
          </strong>
          <span className="muted small">{t('check.of', { findings: findings.length === 0 ? t('check.nothing') : tn('check.findings', findings.length) })}</span>
        </p>
        <ScoreBar score={score} label={t('check.quality', { n: Math.round(score.total) })} />
        <ScoreParts score={score} />
        <label className="row small strict">
          <input type="checkbox" checked={strict} onChange={(event) => setStrict(event.target.checked)} />
          <span>{t('check.strict')}</span>
        </label>
      </aside>
      <div className="stack" aria-busy={audit.isPlaceholderData}>
        {GROUPS.map((group) => {
          const title = t(`check.${group}`);
          const own = byCheck(findings.filter((finding) => finding.group === group));
          return (
            <section key={group} className="card stack" aria-label={title}>
              <h2>{title}</h2>
              {own.length === 0 && <p className="muted">{t(`check.${group}.fine`)}</p>}
              <ul className="findings">
                {own.map((hits) => (
                  <Findings key={hits[0].check} hits={hits} onPlace={onPlace} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

type Hits = [Finding, ...Finding[]];

/** The findings of one check together, in the order in which the checks come. */
function byCheck(findings: Finding[]): Hits[] {
  const groups = new Map<string, Hits>();
  for (const finding of findings) {
    const known = groups.get(finding.check);
    if (known) known.push(finding);
    else groups.set(finding.check, [finding]);
  }
  return [...groups.values()];
}

/** What one check found: why it matters and what to do are said once, the places one by one. */
function Findings({ hits, onPlace }: { hits: Hits; onPlace: AuditViewProps['onPlace'] }) {
  const [{ check, severity, why, fix }] = hits;
  return (
    <li className="finding">
      <div className="row wrap">
        <h3>{sayName(check)}</h3>
        <Chip tone={TONES[severity]}>{t(`check.${severity}`)}</Chip>
      </div>
      <p className="muted">
        {why} {fix}
      </p>
      <ul className="places">
        {hits.map(({ message, place }, index) => {
          const source = place?.source;
          return (
            <li key={index}>
              <span>{message.charAt(0).toUpperCase() + message.slice(1)}</span>
              {source && (
                <button type="button" className="link small" onClick={() => onPlace(source)}>
                  {t('check.show')}
                  <span className="hidden-visually">: {message}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </li>
  );
}
