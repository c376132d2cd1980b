// Puts all into the browser's store that the page needs without a network: its own files, what is loaded later, and the
// reader. The service worker keeps what passes through it; see public/sw.js.
import { WORKER_FILE, ask } from './reader';
import { READER, setDevice } from './state';

/** Longest wait for the service worker of a first visit. */
const PATIENCE_MS = 10_000;

/** Files of the page itself that were loaded before the service worker was there. */
const ownFiles = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => new URL(name).origin === window.location.origin && new URL(name).pathname.startsWith('/assets/'));

/** Has the reader build its word lists, so that the first file need not wait for them. */
export const warmUp = () => ask({ do: 'read', name: 'a.txt' }, new TextEncoder().encode('Ana Example\n\nExperience\nWelder, Acme, 2019 to 2021\n').buffer).catch(() => undefined);

async function isControlled(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const late = new Promise<false>((found) => setTimeout(() => found(false), PATIENCE_MS));
  const there = await Promise.race([navigator.serviceWorker.ready, late]);
  if (!there) return false;
  for (const end = Date.now() + PATIENCE_MS; !navigator.serviceWorker.controller && Date.now() < end; ) await new Promise((later) => setTimeout(later, 50));
  return navigator.serviceWorker.controller !== null;
}

/** Makes this device ready to do without the server; false where the browser cannot. */
export async function makeReady(): Promise<boolean> {
  if (!READER || !(await isControlled())) return false;
  await Promise.all([...new Set([...ownFiles(), READER, WORKER_FILE])].map((address) => fetch(address)));
  // What reads and keeps, each in a file of its own.
  await Promise.all([import('./answer'), import('./sync')]);
  setDevice({ ready: true });
  return true;
}
