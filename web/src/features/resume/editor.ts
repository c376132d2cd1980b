// The résumé that the person edits: every change is kept on this page until the server has it, however the connection is.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Resume, ResumeDetail } from '../../api/client';
import { api, problemOf, unwrap } from '../../api/client';
import { resumeKey, resumesKey } from '../../api/queries';

export type SaveState =
  | { state: 'saved' | 'saving' }
  /** The server is out of reach: it is asked again by itself. */
  | { state: 'waiting' }
  /** Somebody saved another version meanwhile. */
  | { state: 'stale'; theirs: Resume }
  | { state: 'failed'; problem: Problem };
export type Change = (update: (draft: Resume) => void) => void;

/** Changes made within this time go to the server together. */
const GATHER_MS = 150;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;

type Kept = { version: number; resume: Resume };
const keptKey = (id: string) => `unsaved-${id}`;

/** What this tab could not save before it was closed or loaded anew; it lives in this tab only. */
function readKept(id: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(keptKey(id)) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

function writeKept(id: string, kept: Kept | null) {
  try {
    if (kept) sessionStorage.setItem(keptKey(id), JSON.stringify(kept));
    else sessionStorage.removeItem(keptKey(id));
  } catch {
    // No room: the page itself still holds the change.
  }
}

/**
 * Keeps the résumé that the person edits, and saves every change, one request at a time: a change made while one is
 * under way goes with the next. A version that is behind the server's is never written over without asking.
 */
export function useEditor(detail: ResumeDetail, first: Resume) {
  const queries = useQueryClient();
  const [kept] = useState(() => readKept(detail.id));
  const [resume, setResume] = useState(kept?.resume ?? first);
  const [save, setSave] = useState<SaveState>({ state: 'saved' });
  const now = useRef({ resume: kept?.resume ?? first, version: kept?.version ?? detail.version, busy: false, dirty: kept !== null, timer: 0, wait: FIRST_RETRY_MS });

  // Asking again must use the newest of these functions.
  const again = useRef<() => void>(() => undefined);
  const send = useCallback(async () => {
    const state = now.current;
    window.clearTimeout(state.timer);
    state.timer = 0;
    if (state.busy || !state.dirty) return;
    state.busy = true;
    setSave({ state: 'saving' });
    try {
      while (state.dirty) {
        state.dirty = false;
        const saved = await unwrap(
          api.PATCH('/api/v1/resumes/{id}', { params: { path: { id: detail.id } }, body: { version: state.version, resume: state.resume } }),
        );
        state.version = saved.version;
        state.wait = FIRST_RETRY_MS;
        queries.setQueryData(resumeKey(detail.id), saved);
      }
      writeKept(detail.id, null);
      setSave({ state: 'saved' });
      void queries.invalidateQueries({ queryKey: resumesKey });
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'resume' && queryKey[1] === detail.id && queryKey[2] !== 'detail',
      });
    } catch (error) {
      state.dirty = true;
      const problem = problemOf(error);
      if (problem.code === 'stale-version') {
        const fresh = await unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id: detail.id } } })).catch(() => null);
        if (fresh?.resume) setSave({ state: 'stale', theirs: fresh.resume });
        else setSave({ state: 'failed', problem });
      } else if (problem.status === 0 || problem.status >= 500) {
        setSave({ state: 'waiting' });
        state.timer = window.setTimeout(() => again.current(), state.wait);
        state.wait = Math.min(state.wait * 2, LONGEST_RETRY_MS);
      } else {
        setSave({ state: 'failed', problem });
      }
    } finally {
      state.busy = false;
    }
  }, [detail.id, queries]);

  const change = useCallback<Change>(
    (update) => {
      const state = now.current;
      const draft = structuredClone(state.resume);
      update(draft);
      state.resume = draft;
      state.dirty = true;
      setResume(draft);
      writeKept(detail.id, { version: state.version, resume: draft });
      setSave((before) => (before.state === 'saved' ? { state: 'saving' } : before));
      if (state.timer === 0) state.timer = window.setTimeout(() => void send(), GATHER_MS);
    },
    [detail.id, send],
  );

  /** Takes the server's version; what could not be saved is given up. */
  const reload = useCallback(async () => {
    const fresh = await unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id: detail.id } } }));
    if (!fresh.resume) return;
    Object.assign(now.current, { resume: fresh.resume, version: fresh.version, dirty: false });
    writeKept(detail.id, null);
    queries.setQueryData(resumeKey(detail.id), fresh);
    setResume(fresh.resume);
    setSave({ state: 'saved' });
  }, [detail.id, queries]);

  /** Writes this page's version over the server's, because the person said so. */
  const overwrite = useCallback(async () => {
    const fresh = await unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id: detail.id } } }));
    now.current.version = fresh.version;
    await send();
  }, [detail.id, send]);

  useEffect(() => {
    again.current = () => void send();
  }, [send]);

  // What was kept goes first; a connection that is back is used at once; leaving the view saves without waiting.
  useEffect(() => {
    const flush = () => void send();
    flush();
    window.addEventListener('online', flush);
    return () => {
      window.removeEventListener('online', flush);
      flush();
    };
  }, [send]);

  // Leaving the page while something is not saved asks first.
  const safe = save.state === 'saved';
  useEffect(() => {
    if (safe) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [safe]);

  // A newer version of the server is taken where nothing here is unsaved, as after this device has sent its changes.
  useEffect(() => {
    const state = now.current;
    if (state.busy || state.dirty || !detail.resume || detail.version <= state.version) return;
    state.resume = detail.resume;
    state.version = detail.version;
    setResume(detail.resume);
  }, [detail]);

  /** The résumé with every change so far, also one made in the same event. */
  const current = useCallback(() => now.current.resume, []);

  return { resume, current, save, change, reload, overwrite, retry: send, recovered: kept !== null };
}

export type Editor = ReturnType<typeof useEditor>;
