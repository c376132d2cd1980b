// Keeps a page signed in. An access token ends after ten minutes; the refresh cookie that renews it works once, so all
// tabs take turns. See docs/accounts.md.

import { TEAM, TEAM_HEADER } from '../lib/team';

const LOCK = 'bespoke-refresh';
const REFRESH = '/api/v1/auth/refresh';
/** Milliseconds between two refreshes ahead of time: before the ten minutes are over. */
const AHEAD = 8 * 60_000;

let queue: Promise<unknown> = Promise.resolve();

/** One at a time, in all tabs; where the browser has no locks (plain http), in this tab. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if ('locks' in navigator) return navigator.locks.request(LOCK, work) as Promise<T>;
  const turn = queue.then(work, work);
  queue = turn.catch(() => undefined);
  return turn;
}

async function isExpired(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === 'session-expired';
}

const refresh = () => fetch(REFRESH, { method: 'POST', credentials: 'same-origin' });

/** As `fetch`, but about the team of this page, and where the access token has ended, refreshes and asks again. */
export async function sessionFetch(request: Request): Promise<Response> {
  if (TEAM !== undefined) request.headers.set(TEAM_HEADER, TEAM);
  const again = request.clone();
  const first = await fetch(request);
  if (!(await isExpired(first))) return first;
  return inTurn(async () => {
    // Another tab may have refreshed while this one waited for its turn.
    const second = await fetch(again.clone());
    if (!(await isExpired(second))) return second;
    const renewed = await refresh();
    return renewed.ok ? fetch(again) : second;
  });
}

/** Refreshes ahead while the page is visible, so that images and the socket never meet the end. Gives the way to stop. */
export function keepSignedIn(): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void inTurn(refresh).catch(() => undefined);
  }, AHEAD);
  return () => clearInterval(timer);
}
