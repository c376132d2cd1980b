// Openings of the job boards that the person names, ranked by how well the résumé fits.
import './openings.css';
import { ExternalLink, X } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { t, tn } from '../../lib/i18n';
import { sayName } from '../../lib/words';
import { Button, Chip, ProblemCard, ScoreBar } from '../../ui/basics';
import { useSearchOpenings } from './queries';

const BOARDS = ['greenhouse', 'lever', 'ashby', 'workable', 'recruitee', 'smartrecruiters', 'feed', 'page'] as const;
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
  const [board, setBoard] = useState<string>('greenhouse');
  const [account, setAccount] = useState('');
  const search = useSearchOpenings(resumeId);
  const keep = (next: string[]) => {
    setSources(next);
    localStorage.setItem(KEPT, JSON.stringify(next));
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const source = `${board}:${account.trim()}`;
    if (account.trim() !== '' && !sources.includes(source)) keep([...sources, source].slice(0, 10));
    setAccount('');
  };
  const isAddress = board === 'feed' || board === 'page';
  return (
    <div className="stack">
      <p className="muted">{t('openings.lead')}</p>
      <form className="card row wrap openings-form" onSubmit={add}>
        <label>
          <span className="small muted">{t('openings.board')}</span>
          <select className="input" value={board} onChange={(event) => setBoard(event.target.value)}>
            {BOARDS.map((name) => (
              <option key={name} value={name}>
                {sayName(name)}
              </option>
            ))}
          </select>
        </label>
        <label className="openings-account">
          <span className="small muted">{isAddress ? t('openings.address') : t('openings.account')}</span>
          <input className="input" value={account} onChange={(event) => setAccount(event.target.value)} placeholder={isAddress ? 'https://' : 'example'} />
        </label>
        <Button type="submit">{t('openings.add')}</Button>
      </form>
      <div className="row wrap">
        {sources.map((source) => (
          <span key={source} className="chip">
            {source}
            <button type="button" className="link" aria-label={t('openings.remove', { name: source })} onClick={() => keep(sources.filter((s) => s !== source))}>
              <X size={13} aria-hidden />
            </button>
          </span>
        ))}
        <Button look="primary" disabled={sources.length === 0 || search.isPending} onClick={() => search.mutate(sources)}>
          {search.isPending ? t('openings.searching') : t('openings.search')}
        </Button>
      </div>
      {sources.length === 0 && !search.data && <p className="card muted">{t('openings.none')}</p>}
      {search.isError && <ProblemCard error={search.error} />}
      {search.data?.problems.map((problem, index) => (
        <p key={index} className="small muted" role="status">
          {problem}
        </p>
      ))}
      {search.data && (
        <>
          <p role="status">{tn('openings.found', search.data.found)}</p>
          <ol className="stack">
            {search.data.openings.map(({ opening, score, have, lack }) => (
              <li key={`${opening.board}${opening.id}`} className="card stack">
                <div className="row spread wrap">
                  <div>
                    <h3>{opening.title}</h3>
                    <p className="muted small">
                      {[opening.company, opening.location, opening.remote ? t('openings.remote') : null, opening.closes ? t('openings.closes', { day: opening.closes }) : null].filter(Boolean).join(' · ')}
                    </p>
                  </div>
                  <Chip tone="good">{t('openings.match', { n: Math.round(score.total) })}</Chip>
                </div>
                <ScoreBar score={score} label={t('openings.match', { n: Math.round(score.total) })} />
                {have.length > 0 && (
                  <p className="small">
                    <strong>{t('openings.have')}:</strong> {have.join(', ')}
                  </p>
                )}
                {lack.length > 0 && (
                  <p className="small">
                    <strong>{t('openings.lack')}:</strong> {lack.join(', ')}
                  </p>
                )}
                <div className="row">
                  <Button onClick={() => onTailor([opening.title, opening.company ? `Company: ${opening.company}` : '', opening.text].filter(Boolean).join('\n\n'))}>{t('openings.tailor')}</Button>
                  {/^https?:\/\//.test(opening.url) && (
                    <a className="button" href={opening.url} target="_blank" rel="noreferrer noopener">
                      <ExternalLink size={15} aria-hidden /> {t('openings.open')}
                    </a>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
