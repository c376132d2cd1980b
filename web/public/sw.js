// Keeps the page itself (its HTML, scripts, styles, fonts, and the reader once it was loaded) so that it opens without a
// network. Nothing of the person is ever kept here: what comes from /api/ goes past this file untouched.
const SHELL = 'shell-1';
/** The reader has a place of its own, so that it is not among the files that are dropped. */
const READER = 'reader-1';
const MOST_FILES = 80;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(['/', '/favicon.svg', '/manifest.webmanifest'])));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL && name !== READER).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** Keeps an answer, and drops the oldest files where there are too many. */
async function keep(request, answer) {
  if (!answer.ok || answer.type !== 'basic') return;
  if (new URL(request.url ?? request, self.location.href).pathname.endsWith('.wasm')) {
    const cache = await caches.open(READER);
    for (const old of await cache.keys()) await cache.delete(old);
    return cache.put(request, answer);
  }
  const cache = await caches.open(SHELL);
  await cache.put(request, answer);
  const files = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
  for (const old of files.slice(0, Math.max(0, files.length - MOST_FILES))) await cache.delete(old);
}

/** The page: the newest, else the one that was kept. Every address shows the same page. */
async function page(request) {
  try {
    const answer = await fetch(request);
    await keep('/', answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match('/');
    if (kept) return kept;
    throw error;
  }
}

/** A file whose name holds the hash of its content never changes. */
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  await keep(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/') || url.pathname.startsWith('/health')) return;
  if (request.mode === 'navigate') {
    // Only the page's own addresses: a download or a shared page is the server's.
    if (/^\/(s|share|shared)\//.test(url.pathname)) return;
    event.respondWith(page(request));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(file(request));
  }
});
