// What a first visit costs before the person can do anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../lib/browser.js';
import { bring } from '../lib/guest.js';
import { newServer } from '../lib/server.js';

const MOST_GZIPPED_BYTES = 250_000;

const server = await newServer();
let browser;

before(async () => {
  await server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server.remove();
});

/** Bytes of gzipped scripts that the first page loads, until `shown` is there. */
async function weigh(page, shown) {
  const scripts = new Map();
  const note = (response) => response.request().resourceType() === 'script' && scripts.set(response.url(), response.body());
  page.on('response', note);
  await page.goto(server.url, { waitUntil: 'networkidle' });
  await page.locator(shown).waitFor();
  page.off('response', note);
  const bodies = await Promise.all(scripts.values());
  assert.ok(bodies.length > 0, 'the page is a script');
  return { bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0), files: bodies.length };
}

test('the landing page loads at most 250 kB of gzipped JavaScript', async (t) => {
  const { bytes, files } = await weigh(browser.page, '.drop');
  t.diagnostic(`${bytes} bytes in ${files} scripts`);
  assert.ok(bytes <= MOST_GZIPPED_BYTES, `${bytes} bytes`);
});

test('the dashboard loads at most 250 kB of gzipped JavaScript', async (t) => {
  await bring(browser.page);
  const { bytes, files } = await weigh(browser.page, '.dashboard');
  t.diagnostic(`${bytes} bytes in ${files} scripts`);
  assert.ok(bytes <= MOST_GZIPPED_BYTES, `${bytes} bytes`);
});
