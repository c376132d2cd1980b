// How applications went, by what was sent with them.
import { Link } from 'react-router';
import { useApplications } from '../../api/queries';
import { num, t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Chip, ProblemCard } from '../../ui/basics';
import { CountTable } from '../../ui/charts';
import { useAllTailorings } from './queries';

const TONES = { saved: '', applied: 'accent', interview: 'warn', offer: 'good', closed: 'bad' } as const;

export function Variants() {
  const applications = useApplications();
  const tailorings = useAllTailorings();
  if (applications.isError) return <ProblemCard error={applications.error} />;
  if (!applications.data?.length) return null;
  const rows = [...applications.data].sort((a, b) => b.stage_at.localeCompare(a.stage_at));
  return (
    <section className="card stack variants">
      <h2>{t('counts.variants')}</h2>
      <CountTable label={t('counts.variants')}>
          <thead>
            <tr>
              <th scope="col">{t('counts.application')}</th>
              <th scope="col">{t('counts.sent')}</th>
              <th scope="col" className="n">
                {t('job.match')}
              </th>
              <th scope="col">{t('counts.stage')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => {
              const variant = tailorings.find(({ id }) => id === one.tailoring_id);
              return (
                <tr key={one.id}>
                  <td>{[one.title, one.company].filter(Boolean).join(' · ') || t('job.untitled')}</td>
                  <td>
                    {variant ? (
                      <Link to={`/resumes/${variant.resume_id}/tailor/${variant.id}`}>{variant.title ?? t('job.untitled')}</Link>
                    ) : (
                      <span className="muted">{t(one.resume_id ? 'counts.base' : 'counts.nothing-sent')}</span>
                    )}
                  </td>
                  <td className="n" data-label={t('job.match')}>{variant ? num(Math.round(variant.after)) : '–'}</td>
                  <td>
                    <Chip tone={TONES[one.stage]}>{t(`board.stage.${one.stage}`)}</Chip> <span className="muted small">{sayWhen(one.stage_at)}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </CountTable>
    </section>
  );
}
