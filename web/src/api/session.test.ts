import { afterEach, expect, it, vi } from 'vitest';
import { sessionFetch } from './session';

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const expired = () => json(401, { code: 'session-expired' });

/** A server with one session: its access token has ended, and each refresh cookie works once. */
function server() {
  const state = { good: false, refreshes: 0, open: 0, most: 0 };
  vi.stubGlobal('fetch', async (input: Request | string) => {
    const url = typeof input === 'string' ? input : input.url;
    if (!url.endsWith('/auth/refresh')) return state.good ? json(200, { url }) : expired();
    state.open += 1;
    state.most = Math.max(state.most, state.open);
    await new Promise((done) => setTimeout(done, 5));
    state.open -= 1;
    state.refreshes += 1;
    state.good = true;
    return json(200, {});
  });
  return state;
}

afterEach(() => vi.unstubAllGlobals());

it('refreshes once for many requests and repeats them all', async () => {
  vi.stubGlobal('navigator', {});
  const state = server();
  const answers = await Promise.all(['a', 'b', 'c'].map((path) => sessionFetch(new Request(`http://localhost/${path}`, { method: 'POST', body: path }))));
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(state).toMatchObject({ refreshes: 1, most: 1 });
});

it('gives back what is no end of a session', async () => {
  vi.stubGlobal('navigator', {});
  const state = server();
  vi.stubGlobal('fetch', async () => json(401, { code: 'no-workspace' }));
  const answer = await sessionFetch(new Request('http://localhost/a'));
  expect([answer.status, state.refreshes]).toEqual([401, 0]);
});

it('says that the session has ended where it cannot be refreshed', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', async (input: Request | string) => (typeof input === 'string' ? json(401, { code: 'not-signed-in' }) : expired()));
  expect((await sessionFetch(new Request('http://localhost/a'))).status).toBe(401);
});
