// The links to a résumé that work now: how often they were opened, and by how many.
import { Link } from 'react-router';
import { useMay, useShares } from '../../api/queries';
import { day, t, tn } from '../../lib/i18n';
import { ProblemCard, Skeleton } from '../../ui/basics';

const SHOWN = 4;

export function Shared({ resumeId }: { resumeId: string }) {
  const shares = useShares();
  const may = useMay();
  const open = shares.data?.filter((share) => share.resume_id === resumeId && share.state === 'open') ?? [];
  return (
    <section className="card stack" aria-labelledby="shared-links">
      <h2 id="shared-links">{t('home.shared')}</h2>
      {shares.isPending && <Skeleton height={48} />}
      {shares.isError && <ProblemCard error={shares.error} />}
      {shares.data && open.length === 0 && <p className="muted">{t('home.shared.none')}</p>}
      {open.length > 0 && (
        <ul className="shared">
          {open.slice(0, SHOWN).map((share) => (
            <li key={share.id} className="row spread">
              <span>
                <strong>{share.label || t('share.none')}</strong>
                <span className="muted small">{share.last_viewed ? t('share.last', { day: day(new Date(`${share.last_viewed}T12:00:00Z`)) }) : t('home.shared.unseen')}</span>
              </span>
              <span className="tabular">{tn('share.views', share.views)}</span>
            </li>
          ))}
        </ul>
      )}
      {may.edit && <Link to={`/resumes/${resumeId}/export`}>{open.length === 0 ? t('home.shared.make') : t('home.shared.all')}</Link>}
    </section>
  );
}
