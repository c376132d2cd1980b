// What a first visit costs before the person can do anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../lib/browser.js';
import { bring } from '../lib/guest.js';
import { newServer } from '../lib/server.js';

const MOST_GZIPPED_BYTES = 250_000;
/** Milliseconds from the address to a page that answers, on a processor four times as slow. */
const MOST_INTERACTIVE_MS = 1500;
const SLOWER = 4;
const LOADS = 5;

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

test('the page answers within a second and a half on a slow processor', async (t) => {
  const { page, context } = browser;
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const times = [];
  for (let load = 0; load < LOADS; load++) {
    await page.goto('about:blank');
    await page.goto(server.url, { waitUntil: 'commit' });
    // It answers once the button is there and the thread has been free to take a click.
    times.push(
      await page.evaluate(async () => {
        while (!document.querySelector('.drop-button:enabled')) await new Promise((done) => requestAnimationFrame(done));
        await new Promise((done) => setTimeout(done));
        return performance.now();
      }),
    );
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  times.sort((a, b) => a - b);
  t.diagnostic(`interactive at ${SLOWER}x: best ${times[0].toFixed(0)} ms, median ${times[Math.floor(LOADS / 2)].toFixed(0)} ms of ${LOADS} loads`);
  // The machine of a test is busy with other things: the best of some loads is what the page itself takes.
  assert.ok(times[0] <= MOST_INTERACTIVE_MS, `${times[0]} ms`);
});

test('the dashboard loads at most 250 kB of gzipped JavaScript', async (t) => {
  await bring(browser.page);
  const { bytes, files } = await weigh(browser.page, '.dashboard');
  t.diagnostic(`${bytes} bytes in ${files} scripts`);
  assert.ok(bytes <= MOST_GZIPPED_BYTES, `${bytes} bytes`);
});
