// The source of a template beside a résumé that is drawn through it; faults stand at their place.
import './templates.css';
import '../../ui/pages.css';
import { ArrowLeft, Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../../api/client';
import { useMay, useResumes, useTemplate } from '../../api/queries';
import { t, tn } from '../../lib/i18n';
import { pageImage } from '../../lib/pages';
import { inTeam } from '../../lib/team';
import { useTitle } from '../../lib/useTitle';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { WhyNot } from '../../ui/ReadOnly';
import { CodeEditor } from './CodeEditor';
import type { TemplateDetail } from './queries';
import { useChangeTemplate, usePages } from './queries';

/** How long after the last key the template is kept and checked. */
const PAUSE_MS = 450;

export default function TemplateEditor({ name }: { name: string }) {
  const template = useTemplate(name);
  if (template.isPending || template.isError) {
    return (
      <main className="page">
        {template.isPending ? <Loading what={t('editor.loading')} /> : <ProblemCard error={template.error} />}
      </main>
    );
  }
  return <Editor detail={template.data} reload={() => void template.refetch()} />;
}

function Editor({ detail, reload }: { detail: TemplateDetail; reload: () => void }) {
  const [source, setSource] = useState(detail.source);
  const [title, setTitle] = useState(detail.title);
  const change = useChangeTemplate(detail.name);
  const resumes = useResumes();
  const resume = resumes.data?.find(({ status }) => status === 'ready');
  const pages = usePages(resume?.id, detail.name, detail.version);
  useTitle(detail.title);

  const may = useMay();
  const now = useRef({ detail, change });
  useEffect(() => {
    now.current = { detail, change };
  });
  const dirty = source !== detail.source || (title.trim() !== '' && title.trim() !== detail.title);
  const { isPending: saving, isError: stuck } = change;
  useEffect(() => {
    if (!may.edit || !dirty || saving || stuck) return;
    const timer = window.setTimeout(() => {
      const { detail: known, change: send } = now.current;
      send.mutate({ version: known.version, source, title: title.trim() || null });
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [may.edit, dirty, saving, stuck, source, title]);

  const stale = change.error instanceof ApiProblem && change.error.problem.code === 'stale-version';
  const broken = pages.isError;
  return (
    <main className="page wide">
      <div className="row spread wrap">
        <div className="row">
          <Link to="/templates" className="button quiet" aria-label={t('templates.title')}>
            <ArrowLeft size={16} aria-hidden />
          </Link>
          <h1 className="hidden-visually">{detail.title}</h1>
          <input className="input editor-title" aria-label={t('editor.name')} maxLength={80} readOnly={!may.edit} value={title} onChange={(event) => setTitle(event.target.value)} />
        </div>
        <a className="button" href={inTeam(`/api/v1/templates/${detail.name}/export`)} download>
          <Download size={16} aria-hidden /> {t('templates.export')}
        </a>
      </div>
      {change.isError && (
        <ProblemCard error={change.error}>
          {stale ? (
            <Button
              onClick={() => {
                change.reset();
                reload();
              }}
            >
              {t('editor.reset')}
            </Button>
          ) : (
            <Button onClick={() => change.reset()}>{t('again')}</Button>
          )}
        </ProblemCard>
      )}
      <div className="editor-columns">
        <div className="stack">
          {!may.edit && (
            <p className="muted small">
              <WhyNot />
            </p>
          )}
          <CodeEditor label={t('editor.source')} value={source} faults={dirty ? [] : detail.faults} onChange={setSource} />
          <div role="status" className="faults">
            {dirty || saving ? (
              <p className="muted small">{t('editor.checking')}</p>
            ) : detail.faults.length === 0 ? (
              <p className="muted small">{t('editor.fine')}</p>
            ) : (
              <>
                <strong>{tn('editor.faults', detail.faults.length)}</strong>
                {detail.faults.map((fault, index) => (
                  <p key={index}>
                    {fault.line != null && <strong>{fault.column == null ? t('editor.at-line', { line: fault.line }) : t('editor.at', { line: fault.line, column: fault.column })}: </strong>}
                    {fault.message}
                    {fault.hint && <span className="muted"> {fault.hint}</span>}
                  </p>
                ))}
              </>
            )}
          </div>
          <p className="muted small">{t('editor.help')}</p>
        </div>
        {/* Scrolls beside the source, so it must be reachable by keyboard. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <section className="pages" tabIndex={0} aria-label={t('export.preview')} aria-busy={pages.isFetching}>
          {!resume && !resumes.isPending && <p className="muted">{t('editor.no-resume')}</p>}
          {broken && detail.faults.length === 0 && <ProblemCard error={pages.error} />}
          {pages.data?.pages.map((svg, index) => (
            <img key={index} className={`sheet ${broken ? 'old' : ''}`} src={pageImage(svg)} alt={t('export.page', { n: index + 1, all: pages.data.pages.length })} />
          ))}
        </section>
      </div>
    </main>
  );
}
