// The look of the document: a style panel that shows each change at once, and templates of one's own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ARTIFACTS, takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';

let journey;
let page;
let id;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  id = await bring(page);
});
after(() => journey?.end());

const sheet = () => page.locator('.pages .sheet').first();
/** What all pages show. */
const source = () => page.evaluate(() => [...document.querySelectorAll('.pages .sheet')].map((sheet) => decodeURIComponent(sheet.getAttribute('src') ?? '')).join());
const changed = async (was) => {
  for (let tries = 0; tries < 300; tries++) {
    if ((await source()) !== was) return;
    await page.waitForTimeout(50);
  }
  assert.fail('the preview stays as it was');
};

test('a style change shows at once and is in the file', async () => {
  await page.goto(`${journey.server.url}/resumes/${id}/export`);
  await sheet().waitFor();
  await page.getByText('Style', { exact: true }).click();
  const accent = page.getByLabel('Accent colour');
  await accent.waitFor();
  let was = await source();
  await accent.fill('#8a1450');
  await changed(was);
  assert.match(await source(), /#8a1450/i);
  was = await source();
  await page.getByLabel(/^Size of the text/).fill('12');
  await changed(was);
  await page.getByLabel('Dates').selectOption('iso');
  await page.waitForFunction(async (id) => (await (await fetch(`/api/v1/resumes/${id}`)).json()).status === 'ready', id);
  await takeScreens(page, 'style-panel');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Text/ }).click()]);
  const path = join(ARTIFACTS, 'styled.txt');
  await download.saveAs(path);
  assert.match(readFileSync(path, 'utf8'), /20\d\d-\d\d/);
  await page.reload();
  await sheet().waitFor();
  await page.waitForFunction(() => /#8a1450/i.test(decodeURIComponent(document.querySelector('.pages .sheet')?.getAttribute('src') ?? '')));
});

test('the plain text is shown before it is downloaded', async () => {
  await page.getByRole('button', { name: 'Plain text' }).click();
  const text = page.locator('.text-sheet pre');
  await text.waitFor();
  await takeScreens(page, 'export-text');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Text/ }).click()]);
  const path = join(ARTIFACTS, 'plain.txt');
  await download.saveAs(path);
  assert.equal(await text.textContent(), readFileSync(path, 'utf8'));
  await page.getByRole('button', { name: 'Pages', exact: true }).click();
  await sheet().waitFor();
});

test('sections are ordered and hidden by the style', async () => {
  await page.getByText('Style', { exact: true }).click();
  await page.getByText('Sections: order').click();
  const was = await source();
  await page.getByRole('checkbox', { name: 'Show Skills' }).uncheck();
  await changed(was);
  const before = await source();
  await page.getByRole('button', { name: 'Move Education', exact: false }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await changed(before);
});

test('the style is kept as a template, which is edited with faults in place', async () => {
  await page.getByRole('button', { name: 'Keep as my template' }).click();
  await page.getByText('is among your templates').waitFor();
  await page.getByRole('navigation', { name: 'Everywhere' }).getByRole('link', { name: 'Templates' }).click();
  const own = page.getByRole('region', { name: 'Your own' });
  await own.getByRole('listitem').waitFor();
  // Each shows one's own first page.
  await page.waitForFunction(() => [...document.querySelectorAll('.shelf > *')].every((one) => one.querySelector('img')?.complete));
  await takeScreens(page, 'templates');
  await own.getByRole('link', { name: /^Edit / }).click();
  const editor = page.getByRole('textbox', { name: 'Source of the template' });
  await editor.waitFor();
  await page.getByText('It works').waitFor();
  await sheet().waitFor();
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n{{ nobody( }}');
  await page.getByText('1 fault').waitFor();
  const said = await page.locator('.faults').innerText();
  assert.match(said, /Line \d+/);
  await page.locator('.cm-lint-marker-error').waitFor();
  await takeScreens(page, 'template-fault');
  await page.keyboard.press('Control+Z');
  for (let tries = 0; tries < 20 && (await page.getByText('It works').count()) === 0; tries++) {
    await page.keyboard.press('Control+Z');
    await page.waitForTimeout(900);
  }
  await page.getByText('It works').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Plum');
  await page.waitForFunction(async () => (await (await fetch('/api/v1/templates')).json()).some((one) => one.own && one.title === 'Plum'));
  await takeScreens(page, 'template-editor');
});

test('a template leaves as a ZIP and comes back from one', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save as ZIP' }).click()]);
  const path = join(ARTIFACTS, 'plum.zip');
  await download.saveAs(path);
  await page.getByRole('link', { name: 'Templates' }).first().click();
  await page.getByLabel('Template as a ZIP file').setInputFiles(path);
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}$/);
  await page.getByRole('textbox', { name: 'Source of the template' }).waitFor();
  const own = (await ask(page, '/templates')).filter((one) => one.own);
  assert.deepEqual(own.map(({ title }) => title), ['Plum', 'Plum']);
  const file = await page.evaluate(async ({ id, name }) => (await fetch(`/api/v1/resumes/${id}/export?format=pdf&template=${name}`)).status, { id, name: own[0].name });
  assert.equal(file, 200);
  await page.getByRole('link', { name: 'Templates' }).first().click();
  await page.getByLabel('Template as a ZIP file').setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: /^Delete Plum/ }).first().click();
  await page.waitForFunction(() => document.querySelectorAll('.shelf')[0]?.children.length === 1);
});

test('a template that never ends is stopped, and takes nobody else with it', async () => {
  const [one] = (await ask(page, '/templates')).filter((template) => template.own);
  const { version } = await ask(page, `/templates/${one.name}`);
  const kept = await ask(page, `/templates/${one.name}`, { method: 'PATCH', body: { version, source: '#let x = 0\n#while true { x += 1 }' } });
  assert.ok(kept.faults.length > 0, JSON.stringify(kept.faults));
  assert.ok((await ask(page, `/resumes/${id}/preview`)).pages.length > 0);
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
