// A résumé as it was read: the original on one side, what was understood on the other, each field with its source.
import './resume.css';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Resume, ResumeDetail, Source } from '../../api/client';
import { useMay, useResume } from '../../api/queries';
import { STEPS, sayFound, sayStep } from '../../lib/progress';
import { useProgress } from '../../lib/useProgress';
import { Button, Chip, Loading, Meter, ProblemCard } from '../../ui/basics';
import { HighlightContext, sectionColour } from './highlight';
import { Original } from './Original';
import { Parsed } from './Parsed';
import { useEditor } from './editor';
import { SaveLine, SaveProblem, useChangeWithUndo } from './Saving';
import { t } from '../../lib/i18n';
import { BASE } from '../../lib/team';

const LEGEND = ['contact', 'summary', 'work', 'education', 'skills', 'other'] as const;

type ResumeViewProps = {
  resumeId: string;
  /** Place in the original, `page:byte`, whose field is to be brought into view. */
  at: string | null;
  /** What others say about it, which is another feature's. */
  renderComments?: () => ReactNode;
};

export function ResumeView({ resumeId, at, renderComments }: ResumeViewProps) {
  const query = useResume(resumeId);
  if (query.isPending) return <Loading what={t('resume.loading')} />;
  if (query.isError) {
    return (
      <ProblemCard error={query.error}>
        <Button onClick={() => void query.refetch()}>{t('again')}</Button>
      </ProblemCard>
    );
  }
  const detail = query.data;
  if (detail.status === 'failed') {
    return (
      <ProblemCard error={detail.failure}>
        <a href={BASE}>{t('resume.other-file')}</a>
      </ProblemCard>
    );
  }
  if (detail.status === 'reading' || !detail.resume) return <Reading detail={detail} />;
  return <Workspace key={detail.id} detail={detail} first={detail.resume} at={at} renderComments={renderComments} />;
}

/** The steps of a reading, with what was found so far. */
export function Reading({ detail }: { detail: ResumeDetail }) {
  const progress = useProgress(detail.id);
  const step = progress?.step ?? 'stored';
  const at = STEPS.findIndex((one) => one === step);
  const found = progress?.found ? sayFound(progress.found) : [];
  return (
    <div className="card stack reading">
      <h2>{t('resume.reading', { name: detail.file_name })}</h2>
      <Meter value={progress?.share ?? 0.05} label={t('resume.reading', { name: detail.file_name })} />
      <ol className="reading-steps" aria-hidden>
        {STEPS.map((one, index) => (
          <li key={one} className={index < at ? 'done' : index === at ? 'now' : ''}>
            {index < at ? <Check size={15} /> : <span className="dot" />}
            {index === at ? sayStep(one, progress?.detail) : sayStep(one)}
          </li>
        ))}
      </ol>
      <p role="status" className="hidden-visually">
        {sayStep(step, progress?.detail)} …
      </p>
      {found.length > 0 && (
        <ul className="chips" aria-label={t('resume.found')}>
          {found.map((text) => (
            <li key={text}>
              <Chip tone="good">{text}</Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type WorkspaceProps = Pick<ResumeViewProps, 'at' | 'renderComments'> & { detail: ResumeDetail; first: Resume };

function Workspace({ detail, first, at, renderComments }: WorkspaceProps) {
  const editor = useEditor(detail, first);
  const may = useMay();
  const [active, setActive] = useState<Source | null>(null);
  const [wanted, setWanted] = useState<Source | null>(null);
  const [pages, setPages] = useState(detail.images);
  const fields = useRef<HTMLDivElement>(null);
  const show = useCallback((source: Source | null, scroll: boolean) => {
    setActive(source);
    if (scroll && source) setWanted(source);
  }, []);
  const highlight = useMemo(() => ({ active, show }), [active, show]);

  /** From a place in the original to the field that was read there, or nearest to it on its page. */
  const focusPlace = (place: string) => {
    const [page, start] = place.split(':').map(Number);
    const marked = [...(fields.current?.querySelectorAll<HTMLElement>('[data-source]') ?? [])].map((field) => {
      const [there, from] = (field.dataset.source ?? '').split(':').map(Number);
      return { field, there, away: Math.abs((from ?? 0) - (start ?? 0)) };
    });
    const field = marked.filter((m) => m.there === page).sort((a, b) => a.away - b.away)[0]?.field;
    field?.scrollIntoView({ block: 'center' });
    field?.focus();
  };
  const goTo = (source: Source) => focusPlace(`${source.page}:${source.start}`);
  useEffect(() => {
    if (at) focusPlace(at);
  }, [at]);

  const changeWithUndo = useChangeWithUndo(editor);

  return (
    <HighlightContext value={highlight}>
      <div className="above small">
        <p className="muted above-hint">{t(may.edit ? 'resume.hint' : 'resume.hint-read')}</p>
        <ul className="legend" aria-label={t('resume.colours')}>
          {LEGEND.map((section) => (
            <li key={section} style={{ ['--c' as string]: sectionColour(section) }}>
              {t(`section.${section}`)}
            </li>
          ))}
        </ul>
        {may.edit && <SaveLine save={editor.save} />}
      </div>
      <div className="workspace">
        <section className="original" aria-label={t('resume.original')}>
          {detail.images && (
            <div className="segments" role="group" aria-label={t('resume.how-shown')}>
              <Button slim aria-pressed={pages} onClick={() => setPages(true)}>
                {t('resume.as-looks')}
              </Button>
              <Button slim aria-pressed={!pages} onClick={() => setPages(false)}>
                {t('resume.as-read')}
              </Button>
            </div>
          )}
          <Original pages={pages} detail={detail} resume={editor.resume} active={active} wanted={wanted} onChoose={goTo} />
        </section>
        <section className="parsed" aria-label={t('resume.understood')} ref={fields}>
          <SaveProblem editor={editor} />
          {renderComments?.()}
          <Parsed resume={editor.resume} issues={detail.issues} change={editor.change} goTo={goTo} changeWithUndo={changeWithUndo} />
        </section>
      </div>
    </HighlightContext>
  );
}
