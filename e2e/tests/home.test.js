// What a returning person sees: skills with what speaks for them, roles, tailorings, the next step, and the board.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, dropFile, keepPicture, takeScreens } from '../lib/browser.js';
import { PDF, ask, begin, bring } from '../lib/guest.js';
import { fixture } from '../lib/server.js';

let journey;
let page;

before(async () => {
  journey = await begin();
  page = journey.page;
});
after(() => journey?.end());

const card = (name) => page.getByRole('region', { name });

test('an empty board says how it is filled', async () => {
  await page.getByRole('navigation', { name: 'Everywhere' }).getByRole('link', { name: 'Applications' }).click();
  await page.getByText('No application yet.').waitFor();
  await takeScreens(page, 'board-empty');
});

test('the dashboard shows what is known of a résumé', async () => {
  await bring(page);
  await page.goto(journey.server.url);
  const skills = card('Your skill profile');
  await skills.getByRole('listitem').first().waitFor();
  assert.ok((await skills.getByRole('listitem').count()) > 8);
  assert.match(await skills.getByRole('img', { name: /strength [34] of 4/ }).last().getAttribute('aria-label'), /told in \d+ bullet/);
  const roles = card('Top 5 role fits');
  await roles.getByRole('meter').first().waitFor();
  assert.equal(await roles.getByRole('listitem').count(), 5);
  await card('Recent tailored résumés').getByText('None yet.').waitFor();
  await card('Next best step').getByRole('link').waitFor();
  await takeScreens(page, 'home');
});

test('the tour leads on, is skipped, and comes back when it is asked for', async () => {
  const tour = card('The tour');
  await tour.getByText('See your skill profile').waitFor();
  assert.equal(await tour.locator('[aria-current=step]').innerText().then((text) => text.includes('See your skill profile')), true);
  await tour.getByRole('button', { name: 'Next step' }).click();
  await tour.getByRole('link', { name: 'Explore roles' }).waitFor();
  await takeScreens(page, 'tour');
  await tour.getByRole('button', { name: 'Skip the tour' }).click();
  await tour.waitFor({ state: 'detached' });
  await page.reload();
  await card('Your skill profile').getByRole('listitem').first().waitFor();
  assert.equal(await tour.count(), 0);
  await page.goto(`${journey.server.url}/settings`);
  await page.getByRole('link', { name: 'Take the tour' }).click();
  await tour.getByRole('button', { name: 'Skip the tour' }).click();
});

test('a role is saved, another hidden, a third becomes the job', async () => {
  await card('Top 5 role fits').getByRole('link', { name: 'All roles' }).click();
  const roles = page.locator('.role');
  await roles.first().waitFor();
  const shown = await roles.count();
  await roles.first().getByRole('button', { name: /^Save / }).click();
  await roles.first().getByRole('button', { name: /is saved/ }).waitFor();
  const second = await roles.nth(1).getByRole('heading', { level: 2 }).innerText();
  await roles.nth(1).getByRole('button', { name: /^Hide / }).click();
  await page.waitForFunction((count) => document.querySelectorAll('.role').length === count, shown - 1);
  await page.getByRole('button', { name: 'Show 1 hidden role' }).waitFor();
  await takeScreens(page, 'roles-marked');
  await page.reload();
  await roles.first().getByRole('button', { name: /is saved/ }).waitFor();
  assert.ok(!(await roles.getByRole('heading', { level: 2 }).allInnerTexts()).includes(second));
  const title = await roles.first().getByRole('heading', { level: 2 }).innerText();
  await page.getByRole('button', { name: 'Tailor to this role' }).click();
  await page.waitForFunction((title) => document.querySelector('textarea')?.value.startsWith(title), title);
  await takeScreens(page, 'role-as-job');
  await page.getByRole('button', { name: 'Tailor my résumé' }).click();
  await page.waitForURL(/\/tailor\/[^/?]+$/);
  await page.locator('.suggestions').first().waitFor();
  // One tool at a time; a question leads to the line that it is about.
  const tools = page.getByRole('group', { name: 'Tools' });
  const whole = await page.locator('.suggestions > li').count();
  await tools.getByRole('button', { name: /^Numbers/ }).click();
  await page.waitForFunction((whole) => document.querySelectorAll('.suggestions > li').length < whole, whole);
  const line = await page.locator('.suggestions > li q').first().innerText();
  const tailoring = page.url();
  await page.getByRole('button', { name: /^Answer it in the résumé/ }).first().click();
  await page.waitForURL(/\?at=/);
  await page.locator('textarea:focus').waitFor();
  assert.ok(line.includes(await page.locator('textarea:focus').inputValue()));
  await page.goto(tailoring);
  await page.locator('.suggestions').first().waitFor();
});

test('the job goes on the board, and moves there by mouse and by keyboard', async () => {
  await page.getByRole('button', { name: 'Put it on the board' }).click();
  await page.getByRole('link', { name: /^On your board/ }).click();
  const column = (name) => page.getByRole('region', { name, exact: true });
  const saved = column('Saved').getByRole('listitem');
  await saved.waitFor();
  const job = (await saved.locator('strong').innerText()).trim();
  await saved.dragTo(column('Applied'));
  await column('Applied').getByText(job).waitFor();
  const stage = column('Applied').getByRole('combobox');
  await stage.focus();
  await page.keyboard.press('ArrowDown');
  await column('Interview').getByText(job).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await column('Applied').getByText(job).waitFor();

  await page.getByRole('button', { name: 'Add an application' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Job title' }).fill('Sound technician <b>');
  await form.getByRole('textbox', { name: 'Company' }).fill('Opera North');
  await form.getByRole('textbox', { name: 'Link' }).fill('https://example.com/jobs/7');
  await form.getByRole('textbox', { name: 'Notes' }).fill('Ask for Tuesday.');
  await takeScreens(page, 'board-form');
  await form.getByRole('button', { name: 'Save' }).click();
  await column('Saved').getByText('Sound technician <b>').waitFor();
  await takeScreens(page, 'board');
  await page.reload();
  await column('Saved').getByText('Sound technician <b>').waitFor();
  await column('Applied').getByText(job).waitFor();
  const kept = await ask(page, '/applications');
  assert.deepEqual(kept.map(({ stage }) => stage).sort(), ['applied', 'saved']);
  assert.ok(kept.some(({ tailoring_id: tailoring }) => tailoring));
  await column('Saved').getByRole('button', { name: /^Delete/ }).click();
  await column('Saved').getByText('Nothing here.').waitFor();
});

test('the dashboard knows of all that', async () => {
  await page.goto(journey.server.url);
  await card('Recent tailored résumés').getByRole('link', { name: /of 100/ }).waitFor();
  await card('Applications').getByText('Applied').waitFor();
  await card('Next best step').getByRole('link').waitFor();
  await card('Top 5 role fits').getByRole('meter').first().waitFor();
  await takeScreens(page, 'home-busy');
  await page.setViewportSize(PHONE);
  await keepPicture(page, 'phone');
  await page.setViewportSize(DESKTOP);
});

test('a file that is dropped on any page is read', async () => {
  await page.goto(`${journey.server.url}/templates`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await dropFile(page, 'body', { name: 'dropped.json', type: 'application/json', bytes: readFileSync(fixture('people/d03_sales_uk.json')) });
  await page.waitForURL(/\/resumes\/[^/]+$/);
  await page.getByText('dropped.json').first().waitFor();
});

test('many files at once, one of them no résumé', async () => {
  await page.goto(journey.server.url);
  const people = ['d02_nurse_us', 'd07_chef_us', 'd11_executive_us'].map((name) => fixture(`people/${name}.json`));
  const empty = { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF') };
  await page.locator('input[type=file]').setInputFiles([PDF, ...people]);
  const files = card('Your files');
  await files.getByText('4 of 4 read').waitFor();
  const found = await files.getByRole('listitem').filter({ hasText: 'two-page.pdf' }).innerText();
  assert.match(found, /2 pages · \d+ jobs · .* · \d+ skills/);
  await takeScreens(page, 'files');
  const again = { name: 'again.json', mimeType: 'application/json', buffer: readFileSync(people[0]) };
  await page.locator('input[type=file]').setInputFiles([empty, again]);
  await files.getByText('2 of 2 read').waitFor();
  await files.getByRole('listitem').filter({ hasText: 'empty.pdf' }).locator('.upload-step').filter({ hasText: /PDF|file/ }).waitFor();
  await takeScreens(page, 'files-failed');
  await files.getByRole('button', { name: 'Close this list' }).click();
  assert.equal(await files.count(), 0);
});

test('many résumés', async () => {
  for (let n = 1; n <= 6; n++) {
    const resume = { basics: { name: `Person Number ${n} with quite a long name that goes on`, label: `Expert in things of kind ${n}` }, skills: [{ name: 'All', keywords: Array.from({ length: 30 }, (_, k) => `Skill ${k}`) }] };
    await bring(page, `many-${n}.json`, Buffer.from(JSON.stringify(resume)));
  }
  await page.goto(journey.server.url);
  await page.getByRole('combobox', { name: 'Shown for' }).waitFor();
  await card('Your skill profile').getByRole('button', { name: /Show all/ }).first().waitFor();
  await takeScreens(page, 'home-many');
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
