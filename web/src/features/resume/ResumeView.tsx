// A résumé as it was read: the original on one side, what was understood on the other, each field with its source.
import './resume.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Resume, Source } from '../../api/client';
import { sayStep } from '../../lib/progress';
import { useProgress } from '../../lib/useProgress';
import { Button, Loading, Meter, ProblemCard } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import { HighlightContext, sectionColour } from './highlight';
import { Original } from './Original';
import { Parsed } from './Parsed';
import type { ResumeDetail } from './queries';
import { useEditor, useResume } from './queries';

const LEGEND = [
  ['contact', 'Contact'],
  ['summary', 'Summary'],
  ['work', 'Work'],
  ['education', 'Education'],
  ['skills', 'Skills'],
  ['other', 'More'],
] as const;

type ResumeViewProps = {
  resumeId: string;
  /** Place in the original, `page:byte`, whose field is to be brought into view. */
  at: string | null;
};

export function ResumeView({ resumeId, at }: ResumeViewProps) {
  const query = useResume(resumeId);
  if (query.isPending) return <Loading what="the résumé" />;
  if (query.isError) {
    return (
      <ProblemCard error={query.error}>
        <Button onClick={() => void query.refetch()}>Try again</Button>
      </ProblemCard>
    );
  }
  const detail = query.data;
  if (detail.status === 'failed') {
    return (
      <ProblemCard error={detail.failure}>
        <a href="/">Bring another file</a>
      </ProblemCard>
    );
  }
  if (detail.status === 'reading' || !detail.resume) return <Reading detail={detail} />;
  return <Workspace key={detail.id} detail={detail} first={detail.resume} at={at} />;
}

function Reading({ detail }: { detail: ResumeDetail }) {
  const progress = useProgress(detail.id);
  return (
    <div className="card stack reading">
      <h2>Reading {detail.file_name}</h2>
      <Meter value={progress?.share ?? 0.05} label={`Reading ${detail.file_name}`} />
      <p role="status" className="muted">
        {sayStep(progress?.step ?? 'stored')} …
      </p>
    </div>
  );
}

function Workspace({ detail, first, at }: { detail: ResumeDetail; first: Resume; at: string | null }) {
  const editor = useEditor(detail, first);
  const say = useToast();
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

  const changeWithUndo = (text: string, update: (draft: Resume) => void, key?: string) => {
    const before = editor.current();
    editor.change(update);
    say(text, { title: 'Undo', run: () => editor.replace(before) }, key);
  };

  return (
    <HighlightContext value={highlight}>
      <div className="above small">
        <p className="muted above-hint">Point at a field to see where it stands; click to correct it.</p>
        <ul className="legend" aria-label="Colours of the sections">
          {LEGEND.map(([section, title]) => (
            <li key={section} style={{ ['--c' as string]: sectionColour(section) }}>
              {title}
            </li>
          ))}
        </ul>
        <p role="status" className="muted save-line">
          {editor.save.state === 'saved' && 'Every change is saved.'}
          {editor.save.state === 'saving' && 'Saving …'}
        </p>
      </div>
      <div className="workspace">
        <section className="original" aria-label="Original">
          {detail.images && (
            <div className="segments" role="group" aria-label="How to show the original">
              <Button slim aria-pressed={pages} onClick={() => setPages(true)}>
                As it looks
              </Button>
              <Button slim aria-pressed={!pages} onClick={() => setPages(false)}>
                As software reads it
              </Button>
            </div>
          )}
          <Original pages={pages} detail={detail} resume={editor.resume} active={active} wanted={wanted} onChoose={goTo} />
        </section>
        <section className="parsed" aria-label="What was understood" ref={fields}>
          {editor.save.state === 'stale' && (
            <ProblemCard
              error={{
                type: 'about:blank',
                code: 'stale-version',
                status: 409,
                title: 'This résumé was changed somewhere else',
                detail: 'Another tab or device saved a newer version. Your last change is still on this page and is not saved yet.',
              }}
            >
              <Button look="primary" onClick={() => void editor.reload()}>
                Load the newer version
              </Button>
              <Button onClick={() => void editor.overwrite()}>Keep mine</Button>
            </ProblemCard>
          )}
          {editor.save.state === 'failed' && (
            <ProblemCard error={editor.save.problem}>
              <Button onClick={() => void editor.retry()}>Save again</Button>
            </ProblemCard>
          )}
          <Parsed resume={editor.resume} issues={detail.issues} change={editor.change} goTo={goTo} changeWithUndo={changeWithUndo} />
        </section>
      </div>
    </HighlightContext>
  );
}
