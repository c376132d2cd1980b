// A guest makes an account, leaves, comes back to what is there, and deletes all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';

const EMAIL = 'ada@example.org';
const PASSWORD = 'seven green kettles on a train';
let journey;
let page;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  await bring(page);
});
after(() => journey?.end());

const settings = () => page.goto(`${journey.server.url}/settings`);
const resumes = async () => (await ask(page, '/resumes')).length;

test('a guest becomes an account and keeps the résumé', async () => {
  await settings();
  await takeScreens(page, 'account');
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel(/^Password, 10 characters/).fill(PASSWORD);
  await page.getByRole('checkbox', { name: /^I have read/ }).check();
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Make an account' }).click()]);
  assert.equal((await ask(page, '/account')).kind, 'account');
  assert.equal(await resumes(), 1);
});

test('who signs out leaves nothing behind, who signs in finds it again', async () => {
  await settings();
  await page.getByText(EMAIL).waitFor();
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Sign out' }).click()]);
  await page.locator('.drop').waitFor();
  assert.equal(await resumes(), 0);
  await settings();
  await page.getByRole('button', { name: 'I have an account' }).click();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Sign in' }).click()]);
  await page.waitForLoadState();
  assert.equal(await resumes(), 1);
});

test('everything is taken along, then deleted', async () => {
  await settings();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the ZIP' }).click()]);
  assert.equal(download.suggestedFilename(), 'bespoke.zip');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByLabel('Password').fill(PASSWORD);
  await takeScreens(page, 'delete-all');
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Delete all of it' }).click()]);
  await page.locator('.drop').waitFor();
  assert.equal((await ask(page, '/account')).kind, 'guest');
  assert.equal(await resumes(), 0);
});
