// One résumé cut to one job: what the job asks for, what could be done about it, and both versions side by side.
import './tailor.css';
import { Redo2, Trash2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Source } from '../../api/client';
import { useMay } from '../../api/queries';
import { AskModel } from '../../ui/AskModel';
import { Button, Loading, ProblemCard, ScoreBar, ScoreParts, Tabs } from '../../ui/basics';
import { Locked } from '../../ui/ReadOnly';
import { useToast } from '../../ui/Toasts';
import { Keywords } from './Keywords';
import type { TailoringDetail } from './queries';
import { useDeleteTailoring, useTailoring, useWordTailoring } from './queries';
import { allTogether } from './rivals';
import { ConflictDialog } from '../../ui/ConflictDialog';
import { Choices } from './Choices';
import { ComparePane } from './ComparePane';
import { HistoryPane } from './HistoryPane';
import { Suggestions } from './Suggestions';
import { placeOf } from './tools';
import { NOTHING, touched } from './touched';
import { useChoices } from './useChoices';
import { t, tn } from '../../lib/i18n';

type TailoringViewProps = {
  tailoringId: string;
  onLeave: () => void;
  /** Leads to a place of the original where a question is answered; `null` for one that is about no line. */
  onAnswer: (place: Source | null) => void;
  /** The preview and the downloads, which are another feature's. */
  renderExport: (revision: string) => ReactNode;
  /** What can be done with the job beside tailoring to it. */
  renderJobActions?: (detail: TailoringDetail) => ReactNode;
};

export function TailoringView({ tailoringId, ...rest }: TailoringViewProps) {
  const query = useTailoring(tailoringId);
  if (query.isPending) return <Loading what={t('tailor.loading')} />;
  if (query.isError) {
    return (
      <ProblemCard error={query.error}>
        <Button onClick={rest.onLeave}>{t('tailor.back')}</Button>
      </ProblemCard>
    );
  }
  return <Tailored detail={query.data} {...rest} />;
}

type TailoredProps = Omit<TailoringViewProps, 'tailoringId'> & { detail: TailoringDetail };

function Tailored({ detail, onLeave, onAnswer, renderExport, renderJobActions }: TailoredProps) {
  const { accepted, choose, toggle, undo, redo, conflict, keepMine, takeTheirs, problem } = useChoices(detail);
  const remove = useDeleteTailoring(detail.id, detail.resume_id);
  const say = useToast();
  const may = useMay();
  const [tab, setTab] = useState('changes');
  const [lit, setLit] = useState(NOTHING);
  const [narrow, setNarrow] = useState<'suggestions' | 'versions'>('suggestions');
  const { job, tailoring, now } = detail;
  const possible = allTogether(tailoring.suggestions);
  const word = useWordTailoring(detail.id);

  return (
    <div className="stack tailoring">
      {conflict && (
        <ConflictDialog onMine={keepMine} onTheirs={takeTheirs}>
          <Choices suggestions={tailoring.suggestions} theirs={conflict.theirs} mine={conflict.mine} titles={[t('conflict.theirs'), t('conflict.mine')]} />
        </ConflictDialog>
      )}
      <header className="row spread wrap">
        <div>
          <h2 className="job-title">{job.title?.text ?? t('job.untitled')}</h2>
          <p className="muted small">
            {[job.company?.text, job.years ? t('tailor.years', { n: job.years }) : null, tn('tailor.asked', job.skills.length)].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="row wrap job-actions">
          {may.edit && renderJobActions?.(detail)}
          <Button onClick={onLeave}>{t('tailor.other-job')}</Button>
          <Button
            hidden={!may.edit}
            look="quiet"
            aria-label={t('tailor.delete')}
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  say(t('tailor.deleted'));
                  onLeave();
                },
              })
            }
          >
            <Trash2 size={16} aria-hidden />
          </Button>
        </div>
      </header>
      <div className="tailor-switch segments" role="group" aria-label={t('tailor.show')}>
        <Button aria-pressed={narrow === 'suggestions'} onClick={() => setNarrow('suggestions')}>
          {t('tailor.suggestions')}
        </Button>
        <Button aria-pressed={narrow === 'versions'} onClick={() => setNarrow('versions')}>
          {t('tailor.resume')}
        </Button>
      </div>
      <div className={`tailor-columns narrow-${narrow}`}>
        <div className="stack tailor-side">
          <section className="card stack" aria-label={t('tailor.match')}>
            <div className="match">
              <span className="muted tabular">{Math.round(tailoring.before.total)}</span>
              <span aria-hidden className="muted">
                →
              </span>
              <strong className="match-now tabular" aria-live="polite">
                {Math.round(now.total)}
                <span className="hidden-visually"> {t('tailor.of-100')}</span>
              </strong>
              <span className="muted small">{t('tailor.match-with')}</span>
            </div>
            <ScoreBar score={now} label={t('tailor.match-bar', { n: Math.round(now.total) })} />
            <details>
              <summary>{t('tailor.score')}</summary>
              <ScoreParts score={now} before={tailoring.before} />
            </details>
          </section>
          <section className="card stack" aria-labelledby="suggestions-title">
            <div className="row spread wrap">
              <h3 id="suggestions-title">
                {tn('tailor.taken', possible.length, { taken: accepted.length })}
              </h3>
              <div className="row tight" hidden={!may.edit}>
                <Button slim onClick={() => choose(possible)} disabled={possible.every((id) => accepted.includes(id))}>
                  {t('tailor.all')}
                </Button>
                <Button slim onClick={() => choose([])} disabled={accepted.length === 0}>
                  {t('tailor.none')}
                </Button>
                <Button slim look="quiet" onClick={() => undo?.()} disabled={!undo} aria-keyshortcuts="Control+Z">
                  <Undo2 size={14} aria-hidden /> {t('undo')}
                </Button>
                <Button slim look="quiet" onClick={() => redo?.()} disabled={!redo} aria-keyshortcuts="Control+Shift+Z" aria-label={t('redo')} title={t('redo')}>
                  <Redo2 size={14} aria-hidden />
                </Button>
              </div>
            </div>
            {problem && <ProblemCard error={problem} />}
            <AskModel asked={tailoring.asked} isPending={word.isPending} error={word.error} onAsk={() => word.mutate()} />
            <Locked>
              <Suggestions
                suggestions={tailoring.suggestions}
                accepted={accepted}
                onPoint={(suggestion) => setLit(suggestion ? touched(suggestion) : NOTHING)}
                onAnswer={(suggestion) => onAnswer(placeOf(suggestion, detail.base))}
                onToggle={toggle}
              />
            </Locked>
          </section>
          <section className="card stack" aria-labelledby="keywords-title">
            <h3 id="keywords-title">{t('tailor.asks')}</h3>
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
                title: t('tailor.unproven'),
                detail: t('tailor.unproven.why'),
                violations: detail.violations,
              }}
            />
          )}
          <Tabs
            label={t('tailor.tailored')}
            chosen={tab}
            onChoose={setTab}
            tabs={[
              { key: 'changes', title: t('tailor.compare'), panel: <ComparePane detail={detail} accepted={accepted} lit={lit} onToggle={toggle} /> },
              { key: 'preview', title: t('tailor.download'), panel: renderExport(detail.accepted.join(',')) },
              { key: 'history', title: t('history.title'), panel: <HistoryPane detail={detail} accepted={accepted} onRestore={choose} /> },
            ]}
          />
        </div>
      </div>
    </div>
  );
}
