// Asks the reader in its worker; starts it when it is first needed, and again where it hangs.
import { ApiProblem } from '../client';
import { t } from '../../lib/i18n';
import type { Answer, Question } from './reader.worker';
import WORKER from './reader.worker?worker&url';
import { READER } from './state';

/** Longest time for one file, as on the server. */
const LONGEST_MS = 30_000;

/** The script of the worker, to be kept for use without a network. */
export const WORKER_FILE = WORKER;

let worker: Worker | undefined;
let last = 0;
const open = new Map<number, (answer: Answer) => void>();

function start(source: string): Worker {
  const fresh = new Worker(WORKER, { type: 'module' });
  fresh.postMessage({ source: new URL(source, window.location.href).href });
  fresh.onmessage = ({ data }: MessageEvent<Answer>) => {
    open.get(data.number)?.(data);
    open.delete(data.number);
  };
  fresh.onerror = (event) => stop(event.message);
  return fresh;
}

function stop(why: string) {
  worker?.terminate();
  worker = undefined;
  for (const [number, answer] of open) answer({ number, died: why });
  open.clear();
}

const refuse = (code: string, detail: string) =>
  new ApiProblem({ type: 'about:blank', code, title: t('offline.unreadable'), status: 422, detail });

/** Carries out a command on a file; refusals are an `ApiProblem` with the words of the reader. */
export async function ask<T>(command: { do: string; [field: string]: unknown }, file?: ArrayBuffer): Promise<T> {
  if (!READER) throw refuse('no-reader', t('offline.none.why'));
  worker ??= start(READER);
  const number = ++last;
  const late = window.setTimeout(() => stop('timeout'), LONGEST_MS);
  const { answer, died } = await new Promise<Answer>((found) => {
    open.set(number, found);
    const question: Question = { number, command, ...(file && { file: file.slice(0) }) };
    worker?.postMessage(question, question.file ? [question.file] : []);
  });
  window.clearTimeout(late);
  if (died !== undefined) throw refuse('reader-died', t('offline.died'));
  const said = answer as { ok?: T; failure?: { code: string; detail: string } };
  if (said.failure) throw refuse(said.failure.code, said.failure.detail);
  return said.ok as T;
}
