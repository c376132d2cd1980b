// Whether the server answers, whether this device can do without it, and who wants to know. Small: it is loaded with the
// page; all that reads and keeps résumés here is loaded when it is needed.
import { useSyncExternalStore } from 'react';
import { TEAM } from '../../lib/team';

/** The reader (WebAssembly), where this build of the page has one; see scripts/wasm.sh. What is a team's stays with its server. */
const built = import.meta.glob<string>('../../../built/bespoke.wasm', { query: '?url', import: 'default', eager: true });
export const READER: string | undefined = TEAM === undefined ? Object.values(built)[0] : undefined;
/** The lists of words that it judges with. */
const lists = import.meta.glob<string>('../../../built/words.bin', { query: '?url', import: 'default', eager: true });
export const WORD_LISTS: string | undefined = Object.values(lists)[0];

const WANTED = 'bespoke-offline';
const HERE = 'device-';

/** Résumés that only this device knows have ids of their own. */
export const isHereOnly = (id: string) => id.startsWith(HERE);
export const newHereId = () => `${HERE}${crypto.randomUUID()}`;

type State = {
  /** No answer came to the last question. */
  away: boolean;
  /** The person wants résumés kept on this device. */
  wanted: boolean;
  /** The reader is in the browser's store: it will be there without a network. */
  ready: boolean;
  /** Résumés with changes that the server has not got. */
  waiting: number;
  /** Of these, how many cannot be sent without the person. */
  stuck: number;
};

const kept = (key: string) => typeof window !== 'undefined' && window.localStorage.getItem(key) !== null;

let state: State = { away: false, wanted: kept(WANTED), ready: kept(`${WANTED}-ready`), waiting: 0, stuck: 0 };
const listeners = new Set<() => void>();

export const device = (): State => state;

export function setDevice(change: Partial<State>) {
  const next = { ...state, ...change };
  if ((Object.keys(next) as (keyof State)[]).every((key) => next[key] === state[key])) return;
  for (const [key, on] of [[WANTED, next.wanted], [`${WANTED}-ready`, next.ready]] as const) {
    if (on) window.localStorage.setItem(key, '1');
    else window.localStorage.removeItem(key);
  }
  state = next;
  for (const listener of listeners) listener();
}

export function watchDevice(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export const useDevice = () => useSyncExternalStore(watchDevice, device);

/** The installed app can do without the server from the start; a tab when the person says so. */
export const isInstalled = () => window.matchMedia('(display-mode: standalone)').matches;

/** Whether this device keeps résumés: it can read them, or has some. */
export const keepsResumes = () => READER !== undefined && (state.wanted || state.ready || state.waiting > 0);
