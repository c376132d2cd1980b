// A fresh headless Chromium, and the few things that the journeys do with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const ARTIFACTS = join(import.meta.dirname, '../artifacts');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const DESKTOP = { width: 1440, height: 900 };
export const TABLET = { width: 768, height: 1024 };
export const PHONE = { width: 390, height: 844 };

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `serviceWorkers: 'allow'` for what the installed page does; else requests go straight to the server. */
export async function openBrowser({ serviceWorkers = 'block', locale = 'en-GB' } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'bespoke-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
    headless: true,
    viewport: DESKTOP,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    locale,
    serviceWorkers,
  });
  context.setDefaultTimeout(30_000);
  const page = context.pages()[0] ?? (await context.newPage());
  // What the page complains about anywhere on the way is a fault of the page.
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser reports each refusal of the server by itself; whether the page shows it is for the journey to see.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Drops a file on the page as a person does with the mouse. */
export async function dropFile(page, selector, { name, type, bytes }) {
  const transfer = await page.evaluateHandle(
    ({ name, type, base64 }) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], name, { type }));
      return transfer;
    },
    { name, type, base64: bytes.toString('base64') },
  );
  for (const event of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent(selector, event, { dataTransfer: transfer });
}

/** What axe-core finds against WCAG 2.2 AA on the screen as it is now, one line each. */
async function barriers(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary.replaceAll('\n', ' ')}`));
  });
}

/** Keeps a picture of the screen for people to look at, when `make screenshots` asks for pictures: no test judges them. */
export async function keepPicture(page, name, { fullPage = false } = {}) {
  if (process.env.BESPOKE_PICTURES) await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage });
}

/** Looks at the screen on desktop, tablet and phone, in light and dark: refuses what shuts people out, and may keep pictures. */
export async function takeScreens(page, name) {
  for (const [device, size] of [['desktop', DESKTOP], ['tablet', TABLET], ['phone', PHONE]]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const found = await barriers(page);
      assert.deepEqual(found, [], `${name}, ${device}, ${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name}, ${device}: ${wide} pixels stick out to the side`);
      await keepPicture(page, `${name}-${device}-${colorScheme}`, { fullPage: device !== 'desktop' });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESKTOP);
}
