// Links that others read: made in the page, opened by somebody else, taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { begin, bring } from '../lib/guest.js';

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
  const context = await openBrowser();
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
