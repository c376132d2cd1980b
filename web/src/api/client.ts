// The server's API, typed from its own description. Every failure becomes an `ApiProblem` with the server's
// words (RFC 9457), also where the server could not be reached at all.
import createClient from 'openapi-fetch';
import { besideDevice } from './device';
import { sessionFetch } from './session';
import type { components, paths } from './types';
import { t } from '../lib/i18n';

export type Schemas = components['schemas'];
export type Field = Schemas['Field'];
export type Source = Schemas['Source'];
export type Resume = Schemas['Resume'];
export type ResumeDetail = Schemas['ResumeDetail'];
export type Problem = Schemas['Problem'];
export type Score = Schemas['Score'];

/** Asks the server, or this device where the server is away and the person lets it. */
export const fetchBeside = besideDevice(sessionFetch);

export const api = createClient<paths>({ credentials: 'same-origin', fetch: fetchBeside });

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

const unreachable = (): Problem => ({
  type: 'about:blank',
  code: 'unreachable',
  title: t('problem.unreachable'),
  status: 0,
  detail: t('problem.unreachable.why'),
});

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'detail' in value && 'code' in value;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  if (isProblem(error)) return error;
  if (error instanceof TypeError) return unreachable();
  return { ...unreachable(), code: 'unexpected', title: t('problem.unexpected'), detail: String(error) };
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of an answer; throws an `ApiProblem` where it is none. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    throw new ApiProblem(problemOf(error));
  }
  if (answer.response.ok) return answer.data as T;
  throw new ApiProblem(
    isProblem(answer.error)
      ? answer.error
      : { ...unreachable(), status: answer.response.status, code: 'unexpected', title: t('problem.server'), detail: t('problem.server.why', { status: answer.response.status }) },
  );
}
