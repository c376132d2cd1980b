// Links that others read: made in the page, opened by somebody else, taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';

/** A browser that a person uses: those without a screen are counted as programs. */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let journey;
let page;
let id;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  id = await bring(page);
});
after(() => journey?.end());

const open = async (address) => {
  const context = await openBrowser({ userAgent: PERSON });
  const answer = await context.page.goto(address);
  return { context, stranger: context.page, status: answer.status() };
};

test('a link shows the résumé to whoever has it, and nothing once it is taken back', async () => {
  await page.goto(`${journey.server.url}/resumes/${id}/export`);
  await page.getByText('Share a link', { exact: true }).click();
  await page.getByLabel('For whom (only you see it)').fill('Recruiter at Example');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const address = await page.getByLabel('Link to share').inputValue();
  assert.match(address, /\/s\/[0-9a-f]{40}$/);
  await page.getByText('Recruiter at Example').waitFor();
  await takeScreens(page, 'share-panel');
  const name = (await page.getByRole('heading', { level: 1 }).textContent()).trim();
  const first = await open(address);
  assert.equal(first.status, 200);
  assert.ok((await first.stranger.locator('body').innerText()).includes(name));
  await takeScreens(first.stranger, 'shared');
  await first.context.close();
  await page.getByRole('button', { name: 'Take back: Recruiter at Example' }).click();
  await page.getByText('The link no longer works.').waitFor();
  const second = await open(address);
  assert.ok(second.status >= 400, `${second.status}`);
  assert.ok(!(await second.stranger.locator('body').innerText()).includes(name));
  await second.context.close();
});

test('a reviewer comments on the page of a link; it is read, answered and settled', async () => {
  await page.reload();
  await page.getByText('Share a link', { exact: true }).click();
  await page.getByLabel('For whom (only you see it)').fill('My mentor');
  await page.getByLabel('Visitors may write comments').check();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const address = await page.getByLabel('Link to share').inputValue();
  const visit = await open(address);
  await visit.stranger.locator('#author').fill('Ines');
  await visit.stranger.locator('#body').fill('The second bullet <b>needs</b> a number.');
  await visit.stranger.locator('form:has(#body) button').click();
  await visit.stranger.getByText('needs a number').or(visit.stranger.getByText('<b>needs</b>')).first().waitFor();

  await page.goto(`${journey.server.url}/resumes/${id}`);
  const panel = page.locator('details.comments');
  await panel.getByText('1 open').waitFor();
  await panel.locator('summary').first().click();
  const said = panel.getByRole('listitem').filter({ hasText: 'Ines' });
  assert.match(await said.innerText(), /<b>needs<\/b> a number/);
  assert.match(await said.innerText(), /on the link “My mentor”/);
  await panel.getByLabel('A note, or an answer').fill('Thank you: it was 40 %.');
  await panel.getByLabel('Who reads it').selectOption({ label: 'visitors of “My mentor”' });
  await panel.getByRole('button', { name: 'Add' }).click();
  await panel.getByRole('listitem').filter({ hasText: 'it was 40 %' }).waitFor();
  await takeScreens(page, 'comments');
  await said.getByRole('button', { name: /^Settled/ }).click();
  await panel.getByText('1 settled comment').waitFor();
  await visit.stranger.goto(address);
  await visit.stranger.getByText('it was 40 %').waitFor();
  await visit.context.close();
});

test('the dashboard says how often a link was opened, and a link follows the résumé', async () => {
  await page.goto(journey.server.url);
  const card = page.getByRole('region', { name: 'Links you share' });
  await card.getByText('My mentor').waitFor();
  assert.match(await card.innerText(), /seen [1-9]\d* times?/);
  const { version, resume } = await ask(page, `/resumes/${id}`);
  resume.contact.label = { value: 'Head of Lanterns', confidence: 1 };
  await ask(page, `/resumes/${id}`, { method: 'PATCH', body: { version, resume } });
  await page.goto(`${journey.server.url}/resumes/${id}/export`);
  await page.getByText('Share a link', { exact: true }).click();
  await page.getByLabel('For whom (only you see it)').fill('Head hunter');
  await page.getByRole('button', { name: 'Show the present version: My mentor' }).click();
  await page.getByText('The link shows the résumé as it is now.').waitFor();
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
