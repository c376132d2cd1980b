// Openings of the job boards that the person names, ranked by how well the résumé fits.
import './openings.css';
import { Telescope, X } from 'lucide-react';
import { useState } from 'react';
import { t, tn } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Empty } from '../../ui/Empty';
import { ApplyDialog } from './ApplyDialog';
import { OpeningCard } from './OpeningCard';
import type { Opening } from './queries';
import { useSearchOpenings } from './queries';
import { SourceForm } from './SourceForm';
import { saySource } from './sources';

const KEPT = 'bespoke-boards';
const kept = (): string[] => {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(read) ? read.filter((s): s is string => typeof s === 'string') : [];
  } catch {
    return [];
  }
};

type OpeningsViewProps = { resumeId: string; onTailor: (job: string) => void };

export function OpeningsView({ resumeId, onTailor }: OpeningsViewProps) {
  const [sources, setSources] = useState(kept);
  const [applying, setApplying] = useState<Opening | null>(null);
  const search = useSearchOpenings(resumeId);
  const keep = (next: string[]) => {
    setSources(next);
    localStorage.setItem(KEPT, JSON.stringify(next));
  };
  return (
    <div className="stack">
      <p className="muted">{t('openings.lead')}</p>
      <SourceForm onAdd={(source) => !sources.includes(source) && keep([...sources, source].slice(-10))} />
      <div className="row wrap" hidden={sources.length === 0}>
        {sources.map((source) => (
          <span key={source} className="chip">
            {saySource(source)}
            <button type="button" className="link" aria-label={t('openings.remove', { name: saySource(source) })} onClick={() => keep(sources.filter((s) => s !== source))}>
              <X size={13} aria-hidden />
            </button>
          </span>
        ))}
        <Button look="primary" disabled={search.isPending} onClick={() => search.mutate(sources)}>
          {search.isPending ? t('openings.searching') : t('openings.search')}
        </Button>
      </div>
      {sources.length === 0 && !search.data && (
        <Empty icon={<Telescope size={24} />} title={t('openings.none')}>
          <p>{t('openings.none.why')}</p>
        </Empty>
      )}
      {search.isError && <ProblemCard error={search.error} />}
      {search.data?.problems.map((problem, index) => (
        <p key={index} className="notice warn small" role="status">
          {problem}
        </p>
      ))}
      {search.data && (
        <>
          {(search.data.found > 0 || search.data.problems.length === 0) && <p role="status">{tn('openings.found', search.data.found)}</p>}
          <ol className="stack">
            {search.data.openings.map((ranked) => (
              <OpeningCard key={`${ranked.opening.board} ${ranked.opening.id}`} ranked={ranked} resumeId={resumeId} onTailor={onTailor} onApply={() => setApplying(ranked.opening)} />
            ))}
          </ol>
        </>
      )}
      {applying && <ApplyDialog resumeId={resumeId} opening={applying} onClose={() => setApplying(null)} />}
    </div>
  );
}
