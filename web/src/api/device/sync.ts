// Sends to the server what was made on this device while it was away. A newer version of the server is never written over:
// the person is shown both.
import type { Resume, Schemas } from '../client';
import { ApiProblem, isProblem, problemOf } from '../client';
import { sessionFetch } from '../session';
import { device, isHereOnly, newHereId, setDevice } from './state';
import type { Detail, Kept } from './store';
import { allKept, count, dropKept, getFile, getKept, needsPerson, putFile, putKept, putMoved } from './store';
import { workspaceHere } from './workspace';

/** Told when a résumé has reached the server: `from` and `to` differ where the server gave it another id. */
export const SENT = 'bespoke-sent';
export type Sent = { from: string; to: string; name: string };

const API = '/api/v1/resumes';
const POLL_MS = 400;
const LONGEST_READING_MS = 120_000;

/** An answer of the server itself, as data; throws an `ApiProblem`, or a `TypeError` where it is away. */
async function served<T>(path: string, options: RequestInit = {}): Promise<T> {
  const answer = await sessionFetch(new Request(path, { credentials: 'same-origin', ...options }));
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  const body: unknown = await answer.json().catch(() => null);
  if (answer.status >= 500 || answer.status === 429 || !isProblem(body)) throw new TypeError(`the server answered ${answer.status}`);
  throw new ApiProblem(body);
}

const patch = (id: string, version: number, resume: Resume) =>
  served<Detail>(`${API}/${id}`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ version, resume }) });

export const isWaiting = async (id: string) => (await getKept(id))?.changed === true;

/** Keeps the server's newest version of a résumé here, with its file, so that it opens without the server. */
export async function keepCopy(detail: Detail) {
  if (detail.status !== 'ready') return;
  const old = await getKept(detail.id);
  if (old?.changed) return;
  await putKept({ id: detail.id, workspace: workspaceHere(), detail, base: detail.version, changed: false, edited: false });
  if (await getFile(detail.id)) return;
  const answer = await sessionFetch(new Request(`${API}/${detail.id}/original`, { credentials: 'same-origin' })).catch(() => null);
  if (answer?.ok) await putFile(detail.id, await answer.arrayBuffer());
}

/** Forgets a résumé that the server no longer has. */
export const forget = (id: string) => dropKept(id);

/** Uploads a file that was read here, and waits until the server has read it. */
async function upload(kept: Kept): Promise<Detail> {
  const bytes = await getFile(kept.id);
  if (!bytes) throw new ApiProblem({ type: 'about:blank', code: 'not-found', title: kept.detail.file_name, status: 404, detail: kept.detail.file_name });
  const form = new FormData();
  form.append('file', new File([bytes], kept.detail.file_name));
  const { id } = await served<Schemas['ResumeSummary']>(API, { method: 'POST', headers: { 'idempotency-key': kept.id }, body: form });
  for (const end = Date.now() + LONGEST_READING_MS; Date.now() < end; ) {
    const detail = await served<Detail>(`${API}/${id}`);
    if (detail.status === 'failed' && detail.failure) throw new ApiProblem(detail.failure);
    if (detail.status === 'ready') return detail;
    await new Promise((later) => setTimeout(later, POLL_MS));
  }
  throw new TypeError('the server is still reading');
}

/** What the server has now: the résumé with the changes of this device. */
async function send(kept: Kept): Promise<Detail> {
  const resume = kept.detail.resume;
  if (kept.base !== null && resume) return patch(kept.id, kept.base, resume);
  const fresh = await upload(kept);
  if (!kept.edited || !resume) return fresh;
  // The server has read more (pages that are pictures): the person says which is right.
  if (fresh.text !== kept.detail.text) throw new Conflict(fresh);
  return patch(fresh.id, fresh.version, resume);
}

class Conflict extends Error {
  readonly theirs: Detail;
  constructor(theirs: Detail) {
    super('conflict');
    this.theirs = theirs;
  }
}

/** The server has it: what was written meanwhile goes next, else only a copy stays, where the person wants copies. */
async function settle(kept: Kept, detail: Detail) {
  const now = await getKept(kept.id);
  const file = await getFile(kept.id);
  const more = now && now.detail.updated_at !== kept.detail.updated_at ? now : undefined;
  const copy: Kept = { ...kept, id: detail.id, detail, base: detail.version, changed: false, edited: false, stuck: undefined };
  if (isHereOnly(kept.id)) {
    await putMoved(kept.id, detail.id);
    if (file && (more || device().wanted)) await putFile(detail.id, file);
    if (more) await putKept({ ...copy, detail: { ...detail, resume: more.detail.resume, updated_at: more.detail.updated_at }, changed: true, edited: true });
    else if (device().wanted) await putKept(copy);
    await dropKept(kept.id);
  } else if (more) {
    // The pages that are open still hold the version that `detail` has.
    await putKept({ ...more, base: detail.version });
  } else if (device().wanted) {
    await putKept(copy);
  } else {
    await dropKept(kept.id);
  }
  window.dispatchEvent(new CustomEvent<Sent>(SENT, { detail: { from: kept.id, to: detail.id, name: detail.file_name } }));
}

async function one(kept: Kept) {
  try {
    await settle(kept, await send(kept));
  } catch (error) {
    if (error instanceof Conflict) return putKept({ ...kept, stuck: { why: 'conflict', theirs: error.theirs } });
    if (!(error instanceof ApiProblem)) throw error;
    if (error.problem.code === 'stale-version') {
      const theirs = await served<Detail>(`${API}/${kept.id}`);
      // The very same change came through before, and its answer was lost.
      if (JSON.stringify(theirs.resume) === JSON.stringify(kept.detail.resume)) return settle(kept, theirs);
      return putKept({ ...kept, stuck: { why: 'conflict', theirs } });
    }
    return putKept({ ...kept, stuck: { why: 'refused', problem: error.problem } });
  }
}

let running: Promise<void> | undefined;

/** Sends all that waits and needs nobody; one run at a time, in all tabs. */
export function sync(): Promise<void> {
  running ??= inTurn(async () => {
    await count();
    for (const kept of await allKept()) if (kept.changed && !needsPerson(kept)) await one(kept);
  })
    .catch((error: unknown) => {
      if (problemOf(error).status === 0) setDevice({ away: true });
    })
    .finally(() => (running = undefined));
  return running;
}

const inTurn = (work: () => Promise<void>): Promise<void> => ('locks' in navigator ? (navigator.locks.request('bespoke-sync', work) as Promise<void>) : work());

/** The person's answer to a conflict: what this device has, or what the server has. */
export async function resolve(id: string, which: 'mine' | 'theirs') {
  const kept = await getKept(id);
  if (kept?.stuck?.why !== 'conflict') return;
  const { theirs } = kept.stuck;
  if (which === 'theirs') return settle(kept, theirs);
  const { resume } = kept.detail;
  if (!resume) return;
  try {
    await settle(kept, await patch(theirs.id, theirs.version, resume));
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'stale-version') throw error;
    await putKept({ ...kept, stuck: { why: 'conflict', theirs: await served<Detail>(`${API}/${theirs.id}`) } });
  }
}

/** Sends a refused résumé, or one of another workspace, as a new one into this workspace. */
export async function sendAsNew(id: string) {
  const kept = await getKept(id);
  const file = await getFile(id);
  if (!kept || !file) return;
  const fresh = { ...kept, workspace: workspaceHere(), base: null, changed: true, stuck: undefined };
  if (isHereOnly(id)) return putKept(fresh).then(sync);
  const here = newHereId();
  await putFile(here, file);
  await putKept({ ...fresh, id: here, edited: true, detail: { ...kept.detail, id: here, version: 1 } });
  await dropKept(id);
  await sync();
}
