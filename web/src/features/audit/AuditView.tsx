// What would hold the résumé back: a score in parts that add up, and each finding with its place, reason and remedy,
// mended with one click where a machine can.
import './audit.css';
import { Undo2, WandSparkles } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Source } from '../../api/client';
import { useAudit, useMay, useResume } from '../../api/queries';
import { usePreference } from '../../lib/preferences';
import { num, t, tn } from '../../lib/i18n';
import { Button, Loading, ProblemCard, ScoreBar, ScoreParts } from '../../ui/basics';
import { Findings, byCheck, mendable } from './Findings';
import type { Mended } from './queries';
import { useMend, useUnmend } from './queries';

type AuditViewProps = { resumeId: string; onPlace: (source: Source) => void };

const GROUPS = ['ats', 'layout', 'content'] as const;

export function AuditView({ resumeId, onPlace }: AuditViewProps) {
  const [strict, setStrict] = usePreference('strict');
  const audit = useAudit(resumeId, strict);
  const judged = useJudgedVersion(resumeId);
  const mend = useMend(resumeId, strict);
  const unmend = useUnmend(resumeId);
  const [mended, setMended] = useState<Mended | null>(null);
  const may = useMay();
  const status = useRef<HTMLDivElement>(null);
  if (audit.isPending) return <Loading what={t('check.loading')} />;
  if (audit.isError) {
    return (
      <ProblemCard error={audit.error}>
        <Button onClick={() => void audit.refetch()}>{t('again')}</Button>
      </ProblemCard>
    );
  }
  const { score, findings } = audit.data;
  const all = mendable(findings);
  const busy = mend.isPending || unmend.isPending || audit.isPlaceholderData;
  const onMend = (ids: string[]) =>
    mend.mutate(
      { findings: ids, before: score },
      {
        onSuccess: (done) => {
          judged.current = done.undo.version;
          setMended(done);
          // The button that was pressed is gone.
          status.current?.focus();
        },
      },
    );
  const takeBack = ({ undo }: Mended) =>
    unmend.mutate(undo, {
      onSuccess: ({ version }) => {
        judged.current = version;
        setMended(null);
        status.current?.focus();
      },
    });
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
        <div ref={status} role="status" tabIndex={-1} className="mended">
          {mend.isPending && t('check.fixing')}
          {mended && !mend.isPending && (
            <>
              <p className="row spread">
                <span>{tn('check.fixed', mended.applied)}</span>
                <Change by={mended.now.total - mended.before.total} />
              </p>
              {mended.skipped.length > 0 && (
                <ul className="small muted">
                  {mended.skipped.map(({ id, reason }) => (
                    <li key={id}>{reason}</li>
                  ))}
                </ul>
              )}
              <Button slim disabled={busy} onClick={() => takeBack(mended)}>
                <Undo2 size={14} aria-hidden /> {t('undo')}
              </Button>
            </>
          )}
        </div>
        {(mend.isError || unmend.isError) && <ProblemCard error={mend.error ?? unmend.error} />}
        {all.length > 0 && may.edit && (
          <Button look="primary" disabled={busy} onClick={() => onMend(all)}>
            <WandSparkles size={15} aria-hidden /> {tn('check.fix-everything', all.length)}
          </Button>
        )}
        <ScoreParts score={score} {...(mended && { before: mended.before })} />
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
              {own.length > 0 && (
                <ul className="findings">
                  {own.map((hits) => (
                    <Findings key={hits[0].check} hits={hits} busy={busy} onPlace={onPlace} onMend={onMend} />
                  ))}
                </ul>
              )}
            </section>
          );
        })}
      </div>
    </div>
  );
}

/** How many points a change gave or took. */
function Change({ by }: { by: number }) {
  if (Math.abs(by) < 0.05) return null;
  return <span className={`tabular ${by > 0 ? 'gain' : 'muted'}`}>{t('check.points', { n: `${by > 0 ? '+' : '−'}${num(Math.abs(by), 1)}` })}</span>;
}

/**
 * The version that the page's findings belong to. Their fixes are chosen from it: where the résumé turns out to be newer,
 * it is judged again.
 */
function useJudgedVersion(resumeId: string) {
  const version = useResume(resumeId).data?.version;
  const judged = useRef(version);
  const queries = useQueryClient();
  useEffect(() => {
    if (version === undefined || version === judged.current) return;
    const known = judged.current !== undefined;
    judged.current = version;
    if (known) void queries.invalidateQueries({ queryKey: ['resume', resumeId, 'audit'] });
  }, [version, resumeId, queries]);
  return judged;
}
