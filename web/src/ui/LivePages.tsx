// The pages of a résumé while it is being written: drawn by the server from what stands on this page, saved or not. One
// drawing at a time; whatever changes meanwhile is drawn next, so that the newest state is never more than one behind.
import './pages.css';
import { useEffect, useRef, useState } from 'react';
import type { Resume } from '../api/client';
import { api, unwrap } from '../api/client';
import { t } from '../lib/i18n';
import { Loading, ProblemCard } from './basics';
import { Sheet } from './Sheet';

type LivePagesProps = { id: string; resume: Resume; template?: string; style?: string };

export function LivePages({ id, resume, template, style }: LivePagesProps) {
  const [pages, setPages] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const state = useRef({ busy: false, dirty: false, gone: false, wanted: { resume, template, style } });

  useEffect(() => {
    const now = state.current;
    now.gone = false;
    now.wanted = { resume, template, style };
    now.dirty = true;
    const draw = async () => {
      now.busy = true;
      while (now.dirty && !now.gone) {
        now.dirty = false;
        try {
          const drawn = await unwrap(api.POST('/api/v1/resumes/{id}/preview', { params: { path: { id } }, body: now.wanted }));
          setPages(drawn.pages);
          setProblem(null);
        } catch (error) {
          setProblem(error);
        }
      }
      now.busy = false;
    };
    if (!now.busy) void draw();
    return () => {
      now.gone = true;
    };
  }, [id, resume, template, style]);

  return (
    // Scrolls beside the form, so it must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="pages" tabIndex={0} aria-label={t('export.preview')}>
      {problem !== null && <ProblemCard error={problem} />}
      {pages === null && problem === null && <Loading what={t('export.the-preview')} />}
      {pages?.map((svg, index) => (
        <Sheet key={index} svg={svg} label={t('export.page', { n: index + 1, all: pages.length })} />
      ))}
    </section>
  );
}
