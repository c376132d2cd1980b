// What a first visit costs before the person can do anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../lib/browser.js';
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

test('the landing page loads at most 250 kB of gzipped JavaScript', async (t) => {
  const { page } = browser;
  const scripts = new Map();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
  });
  await page.goto(server.url, { waitUntil: 'networkidle' });
  await page.locator('.drop').waitFor();
  const bodies = await Promise.all(scripts.values());
  assert.ok(bodies.length > 0, 'the page is a script');
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  t.diagnostic(`${bytes} bytes in ${bodies.length} scripts`);
  assert.ok(bytes <= MOST_GZIPPED_BYTES, `${bytes} bytes`);
});
