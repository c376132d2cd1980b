// Stands between the page and the server: asks the server, and where it is away, this device. What has changes that the
// server has not got is answered here until they are sent.
import { device, isHereOnly, keepsResumes, setDevice } from './state';

type Fetch = (request: Request) => Promise<Response>;

const RESUMES = /^\/api\/v1\/resumes(?:\/([^/]+))?(\/.+)?$/;
/** What a proxy says where nobody is behind it. */
const NOBODY = [502, 504];

const answers = () => import('./answer');

/** As `ask`, but this device answers where it can and the server does not. */
export function besideDevice(ask: Fetch): Fetch {
  const served = async (request: Request) => {
    const answer = await ask(request);
    if (NOBODY.includes(answer.status)) throw new TypeError('nobody answers');
    setDevice({ away: false });
    return answer;
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    const [known, id, part] = RESUMES.exec(pathname) ?? [];
    if (!keepsResumes()) return watchOnly(served, request, pathname);
    if (id !== undefined && (isHereOnly(id) || device().waiting > 0)) {
      const moved = isHereOnly(id) ? await (await answers()).movedTo(id) : undefined;
      if (moved) return served(new Request(request.url.replace(id, moved), request));
      if (isHereOnly(id) || (await (await import('./sync')).isWaiting(id))) {
        const answer = await (await answers()).answerHere(request.clone());
        if (answer) return answer;
      }
    }
    const again = known && request.clone();
    try {
      const answer = await served(request);
      return await noted(request.method, pathname, id, part, answer);
    } catch (error) {
      setDevice({ away: true });
      const answer = again && error instanceof TypeError ? await (await answers()).answerHere(again) : null;
      if (answer) return answer;
      throw error;
    }
  };
}

/** Where nothing is kept here: only notices whether the server answers. */
async function watchOnly(served: Fetch, request: Request, pathname: string): Promise<Response> {
  try {
    const answer = await served(request);
    // What was kept here before goes with the person, also from the page of a team.
    if (answer.ok && isFarewell(request.method, pathname)) await (await import('./store')).forgetAll();
    return answer;
  } catch (error) {
    if (error instanceof TypeError) setDevice({ away: true });
    throw error;
  }
}

const isFarewell = (method: string, pathname: string) => pathname === '/api/v1/auth/sign-out' || (method === 'DELETE' && pathname === '/api/v1/account');

/** Keeps what the person asked to keep, and forgets who leaves. */
async function noted(method: string, pathname: string, id: string | undefined, part: string | undefined, answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  if (isFarewell(method, pathname)) {
    await (await import('./store')).forgetAll();
  } else if (method === 'GET' && pathname === '/api/v1/resumes' && device().waiting > 0) {
    const list = await (await answers()).withHereOnly(await answer.clone().json());
    return new Response(JSON.stringify(list), { status: answer.status, headers: answer.headers });
  } else if (device().wanted && id !== undefined && part === undefined) {
    const sync = await import('./sync');
    if (method === 'DELETE') await sync.forget(id);
    else await sync.keepCopy(await answer.clone().json());
  }
  return answer;
}

export { device, isHereOnly, isInstalled, keepsResumes, READER, setDevice, useDevice, watchDevice } from './state';
