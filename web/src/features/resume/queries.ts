import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Resume, Schemas } from '../../api/client';
import { api, problemOf, unwrap } from '../../api/client';

export type ResumeDetail = Schemas['ResumeDetail'];

export const resumeKey = (id: string) => ['resume', id, 'detail'];

export function useResume(id: string) {
  return useQuery({
    queryKey: resumeKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.status === 'reading' ? 1500 : false),
  });
}

export type SaveState = { state: 'saved' | 'saving' } | { state: 'stale' } | { state: 'failed'; problem: Problem };
export type Change = (update: (draft: Resume) => void) => void;

/**
 * Keeps the résumé that the person edits, and saves every change, one request at a time: a change made while one is
 * under way goes with the next. A version that is behind the server's is never written over without asking.
 */
export function useEditor(detail: ResumeDetail, first: Resume) {
  const queries = useQueryClient();
  const [resume, setResume] = useState(first);
  const [save, setSave] = useState<SaveState>({ state: 'saved' });
  const now = useRef({ resume: first, version: detail.version, busy: false, dirty: false });

  const send = useCallback(async () => {
    const state = now.current;
    if (state.busy) return;
    state.busy = true;
    setSave({ state: 'saving' });
    try {
      while (state.dirty) {
        state.dirty = false;
        const saved = await unwrap(
          api.PATCH('/api/v1/resumes/{id}', { params: { path: { id: detail.id } }, body: { version: state.version, resume: state.resume } }),
        );
        state.version = saved.version;
        queries.setQueryData(resumeKey(detail.id), saved);
      }
      setSave({ state: 'saved' });
      void queries.invalidateQueries({ queryKey: ['resumes'] });
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'resume' && queryKey[1] === detail.id && queryKey[2] !== 'detail',
      });
    } catch (error) {
      state.dirty = true;
      const problem = problemOf(error);
      setSave(problem.code === 'stale-version' ? { state: 'stale' } : { state: 'failed', problem });
    } finally {
      state.busy = false;
    }
  }, [detail.id, queries]);

  const replace = useCallback(
    (next: Resume) => {
      now.current.resume = next;
      now.current.dirty = true;
      setResume(next);
      void send();
    },
    [send],
  );

  const change = useCallback<Change>(
    (update) => {
      const draft = structuredClone(now.current.resume);
      update(draft);
      replace(draft);
    },
    [replace],
  );

  /** Takes the server's version; what could not be saved is given up. */
  const reload = useCallback(async () => {
    const fresh = await unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id: detail.id } } }));
    if (!fresh.resume) return;
    now.current = { resume: fresh.resume, version: fresh.version, busy: false, dirty: false };
    queries.setQueryData(resumeKey(detail.id), fresh);
    setResume(fresh.resume);
    setSave({ state: 'saved' });
  }, [detail.id, queries]);

  /** Writes this page's version over the server's, because the person said so. */
  const overwrite = useCallback(async () => {
    const fresh = await unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id: detail.id } } }));
    now.current.version = fresh.version;
    void send();
  }, [detail.id, send]);

  // Leaving while something is not saved asks first.
  const safe = save.state === 'saved';
  useEffect(() => {
    if (safe) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [safe]);

  /** The résumé with every change so far, also one made in the same event. */
  const current = useCallback(() => now.current.resume, []);

  return { resume, current, save, change, replace, reload, overwrite, retry: send };
}
