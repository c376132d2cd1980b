// What moved the match with a job: each tailoring from where it began to where it is, and the parts that made it.
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { num, t } from '../../lib/i18n';
import { Loading, ProblemCard, ScoreParts } from '../../ui/basics';
import { useAllTailorings, useOneTailoring } from './queries';

const SHOWN = 8;

export function Changes() {
  const tailorings = useAllTailorings().slice(0, SHOWN);
  const [chosen, setChosen] = useState<string | null>(null);
  const id = useId();
  const one = tailorings.find((tailoring) => tailoring.id === chosen) ?? tailorings[0];
  if (!one) return null;
  return (
    <section className="card stack changes-card">
      <div className="row spread wrap">
        <h2>{t('counts.changes')}</h2>
        <div className="row wrap changes-of">
          <label className="small" htmlFor={id}>
            {t('counts.changes-of')}
          </label>
          <select id={id} className="select" value={one.id} onChange={(event) => setChosen(event.target.value)}>
            {tailorings.map((tailoring) => (
              <option key={tailoring.id} value={tailoring.id}>
                {`${[tailoring.title ?? t('job.untitled'), tailoring.company].filter(Boolean).join(' · ')}: ${num(Math.round(tailoring.before))} → ${num(Math.round(tailoring.after))}`}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Parts key={one.id} id={one.id} />
      <Link to={`/resumes/${one.resume_id}/tailor/${one.id}`}>{t('counts.changes-open')}</Link>
    </section>
  );
}

function Parts({ id }: { id: string }) {
  const detail = useOneTailoring(id);
  if (detail.isPending) return <Loading what={t('tailor.loading')} />;
  if (detail.isError) return <ProblemCard error={detail.error} />;
  const { tailoring, now } = detail.data;
  return (
    <div className="changes">
      <ScoreParts score={now} before={tailoring.before} />
    </div>
  );
}
