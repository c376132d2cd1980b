// What this device answers in the server's place: the same addresses, the same shapes. Loaded when it is needed.
import type { Problem, Resume, Schemas } from '../client';
import { problemOf } from '../client';
import { t } from '../../lib/i18n';
import { ask } from './reader';
import { isHereOnly, newHereId } from './state';
import type { Detail, Kept } from './store';
import { allKept, dropKept, getFile, getKept, getMoved, putFile, putKept } from './store';
import { workspaceHere } from './workspace';

type Read = Pick<Detail, 'format' | 'text' | 'pages' | 'issues'> & { resume: Resume };

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' } });

const refused = (error: unknown) => {
  const problem = problemOf(error);
  return json(problem, problem.status >= 400 ? problem.status : 422);
};

const problem = (status: number, code: string, title: string, detail: string): Response => json({ type: 'about:blank', code, title, status, detail } satisfies Problem, status);
const missing = () => problem(404, 'not-found', t('offline.not-here'), t('offline.not-here.why'));

/** A kept résumé as it stands in a list. */
export function summaryOf({ detail }: Kept): Schemas['ResumeSummary'] {
  const { id, file_name, format, status, version, created_at, updated_at, resume } = detail;
  const contact = resume?.contact;
  const headline = contact?.label?.value ?? resume?.work?.[0]?.position?.value ?? null;
  return { id, file_name, format, status, version, created_at, updated_at, name: contact?.name?.value ?? null, headline };
}

/** Reads a dropped file and keeps it here until the server is back. */
async function take(request: Request): Promise<Response> {
  const file = (await request.formData()).get('file');
  if (!(file instanceof File)) return problem(400, 'bad-request', t('offline.unreadable'), t('offline.none.why'));
  const bytes = await file.arrayBuffer();
  const read = await ask<Read>({ do: 'read', name: file.name }, bytes);
  const now = new Date().toISOString();
  const { format, text, pages, issues, resume } = read;
  const id = newHereId();
  const detail: Detail = { id, file_name: file.name, format, status: 'ready', version: 1, failure: null, text, pages, images: false, resume, issues, created_at: now, updated_at: now };
  const kept: Kept = { id, workspace: workspaceHere(), detail, base: null, changed: true, edited: false };
  await putFile(id, bytes);
  await putKept(kept);
  return json(summaryOf(kept), 202);
}

async function change(kept: Kept, request: Request): Promise<Response> {
  const { version, resume } = (await request.json()) as Schemas['ResumeChange'];
  if (version !== kept.detail.version) return problem(409, 'stale-version', t('conflict.title'), t('conflict.why'));
  // Gives ids to what is new, as the server would.
  const whole = await ask<Resume>({ do: 'apply', resume, edits: [] });
  // The version stays that of the server: this device does not count for it.
  const detail = { ...kept.detail, resume: whole, updated_at: new Date().toISOString() };
  await putKept({ ...kept, detail, changed: true, edited: true });
  return json({ ...detail, images: false });
}

async function judge(kept: Kept, address: URL): Promise<Response> {
  const file = await getFile(kept.id);
  if (!file) return missing();
  const today = new Date().toISOString().slice(0, 7);
  const { resume, file_name: name } = kept.detail;
  return json(await ask({ do: 'audit', name, resume, strict: address.searchParams.get('strict') === 'true', today }, file));
}

/** Markdown and text; the gate has seen them before, for nothing here but the person writes. */
async function write(kept: Kept, address: URL): Promise<Response> {
  const format = address.searchParams.get('format') ?? 'md';
  const text = await ask<string>({ do: 'export', resume: kept.detail.resume, format });
  const name = `${kept.detail.resume?.contact.name?.value ?? ''} resume.${format}`.trim();
  return new Response(text, {
    headers: { 'content-type': format === 'md' ? 'text/markdown; charset=utf-8' : 'text/plain; charset=utf-8', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  });
}

/** An answer in the server's place, or null where this device has none. */
export async function answerHere(request: Request): Promise<Response | null> {
  const address = new URL(request.url);
  const [, id, part] = /^\/api\/v1\/resumes(?:\/([^/]+))?(\/.+)?$/.exec(address.pathname) ?? [];
  if (!address.pathname.startsWith('/api/v1/resumes')) return null;
  try {
    if (id === undefined) {
      if (request.method === 'POST') return await take(request);
      return request.method === 'GET' ? json((await allKept()).map(summaryOf)) : null;
    }
    const kept = await getKept(id);
    if (!kept) return isHereOnly(id) ? missing() : null;
    switch (`${request.method} ${part ?? ''}`) {
      case 'GET ':
        return json({ ...kept.detail, images: false });
      case 'PATCH ':
        return await change(kept, request);
      case 'DELETE ':
        if (!isHereOnly(id)) return null;
        await dropKept(id);
        return new Response(null, { status: 204 });
      case 'GET /audit':
        return await judge(kept, address);
      case 'GET /export':
        return await write(kept, address);
      default:
        return isHereOnly(id) ? problem(503, 'needs-server', t('offline.needs-server'), t('offline.needs-server.why')) : null;
    }
  } catch (error) {
    return refused(error);
  }
}

/** Where the server keeps what had this id on this device; null where it was never sent. */
export const movedTo = (id: string) => getMoved(id);

/** The list of the server with what only this device has. */
export async function withHereOnly(list: Schemas['ResumeSummary'][]): Promise<Schemas['ResumeSummary'][]> {
  const here = (await allKept()).filter((kept) => isHereOnly(kept.id)).map(summaryOf);
  return [...here, ...list];
}
