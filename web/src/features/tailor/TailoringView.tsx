// One résumé cut to one job: what the job asks for, what could be done about it, and both versions side by side.
import './tailor.css';
import { Trash2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { count } from '../../lib/words';
import { Button, Loading, ProblemCard, ScoreBar, ScoreParts, Tabs } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import { Keywords } from './Keywords';
import type { TailoringDetail } from './queries';
import { useAccept, useDeleteTailoring, useTailoring } from './queries';
import { SideBySide } from './SideBySide';
import { Suggestions } from './Suggestions';
import { NOTHING, touched } from './touched';

type TailoringViewProps = {
  tailoringId: string;
  onLeave: () => void;
  /** The preview and the downloads, which are another feature's. */
  renderExport: (revision: string) => ReactNode;
};

export function TailoringView({ tailoringId, onLeave, renderExport }: TailoringViewProps) {
  const query = useTailoring(tailoringId);
  if (query.isPending) return <Loading what="the tailoring" />;
  if (query.isError) {
    return (
      <ProblemCard error={query.error}>
        <Button onClick={onLeave}>Back to the jobs</Button>
      </ProblemCard>
    );
  }
  return <Tailored detail={query.data} onLeave={onLeave} renderExport={renderExport} />;
}

type TailoredProps = { detail: TailoringDetail; onLeave: () => void; renderExport: TailoringViewProps['renderExport'] };

function Tailored({ detail, onLeave, renderExport }: TailoredProps) {
  const accept = useAccept(detail.id);
  const remove = useDeleteTailoring(detail.id, detail.resume_id);
  const say = useToast();
  const [history, setHistory] = useState<string[][]>([]);
  const [tab, setTab] = useState('changes');
  const [lit, setLit] = useState(NOTHING);
  const [narrow, setNarrow] = useState<'suggestions' | 'versions'>('suggestions');
  const { job, tailoring, now } = detail;
  // What was just clicked shows at once; the answer of the server settles it.
  const accepted = accept.isPending && accept.variables ? accept.variables : detail.accepted;
  const possible = tailoring.suggestions.filter((s) => s.edit).map((s) => s.id);

  const choose = (ids: string[]) => {
    setHistory((past) => [...past, accepted]);
    accept.mutate(ids);
  };
  const undo = () => {
    const last = history.at(-1);
    if (!last) return;
    setHistory((past) => past.slice(0, -1));
    accept.mutate(last);
  };

  return (
    <div className="stack tailoring">
      <header className="row spread wrap">
        <div>
          <h2 className="job-title">{job.title?.text ?? 'A job without a title'}</h2>
          <p className="muted small">
            {[job.company?.text, job.years ? `${job.years}+ years` : null, count(job.skills.length, 'skill') + ' asked for'].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="row">
          <Button onClick={onLeave}>Another job</Button>
          <Button
            look="quiet"
            aria-label="Delete this tailoring"
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  say('The tailoring is deleted; your résumé stays.');
                  onLeave();
                },
              })
            }
          >
            <Trash2 size={16} aria-hidden />
          </Button>
        </div>
      </header>
      <div className="tailor-switch segments" role="group" aria-label="What to show">
        <Button aria-pressed={narrow === 'suggestions'} onClick={() => setNarrow('suggestions')}>
          Suggestions
        </Button>
        <Button aria-pressed={narrow === 'versions'} onClick={() => setNarrow('versions')}>
          Résumé
        </Button>
      </div>
      <div className={`tailor-columns narrow-${narrow}`}>
        <div className="stack tailor-side">
          <section className="card stack" aria-label="Match with the job">
            <div className="match">
              <span className="muted tabular">{Math.round(tailoring.before.total)}</span>
              <span aria-hidden className="muted">
                →
              </span>
              <strong className="match-now tabular" aria-live="polite">
                {Math.round(now.total)}
                <span className="hidden-visually"> of 100 match</span>
              </strong>
              <span className="muted small">match with this job</span>
            </div>
            <ScoreBar score={now} label={`Match: ${Math.round(now.total)} of 100`} />
            <details>
              <summary>How the score comes about</summary>
              <ScoreParts score={now} before={tailoring.before} />
            </details>
          </section>
          <section className="card stack" aria-labelledby="suggestions-title">
            <div className="row spread wrap">
              <h3 id="suggestions-title">
                {accepted.length} of {count(possible.length, 'suggestion')} taken
              </h3>
              <div className="row tight">
                <Button slim onClick={() => choose(possible)} disabled={accepted.length === possible.length}>
                  All
                </Button>
                <Button slim onClick={() => choose([])} disabled={accepted.length === 0}>
                  None
                </Button>
                <Button slim look="quiet" onClick={undo} disabled={history.length === 0}>
                  <Undo2 size={14} aria-hidden /> Undo
                </Button>
              </div>
            </div>
            {accept.isError && <ProblemCard error={accept.error} />}
            <Suggestions
              suggestions={tailoring.suggestions}
              accepted={accepted}
              onPoint={(suggestion) => setLit(suggestion ? touched(suggestion) : NOTHING)}
              onToggle={(id) => choose(accepted.includes(id) ? accepted.filter((other) => other !== id) : [...accepted, id])}
            />
          </section>
          <section className="card stack" aria-labelledby="keywords-title">
            <h3 id="keywords-title">What the job asks for</h3>
            <Keywords keywords={tailoring.keywords} />
          </section>
        </div>
        <div className="stack tailor-main">
          {detail.violations.length > 0 && (
            <ProblemCard
              error={{
                type: 'about:blank',
                code: 'evidence',
                status: 422,
                title: 'This version says something that your résumé does not show',
                detail: 'It cannot be exported. Take the suggestion back, or add the fact to your résumé if it is true.',
                violations: detail.violations,
              }}
            />
          )}
          <Tabs
            label="Tailored résumé"
            chosen={tab}
            onChoose={setTab}
            tabs={[
              { key: 'changes', title: 'Compare', panel: <SideBySide before={detail.base} after={detail.tailored} lit={lit} /> },
              { key: 'preview', title: 'Download', panel: renderExport(detail.accepted.join(',')) },
            ]}
          />
        </div>
      </div>
    </div>
  );
}
