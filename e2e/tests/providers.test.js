// Signing in with an account elsewhere: a real provider, from the button to the account and back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';
import { startProvider } from '../lib/provider.js';
import { freePort } from '../lib/server.js';

const PASSWORD = 'eleven quiet harbours at noon';
const NAME = 'Example Ltd';
let journey;
let page;
let provider;
const others = [];

before(async () => {
  const port = await freePort();
  provider = await startProvider(`http://localhost:${port}/api/v1/auth/providers/staff/callback`);
  const file = `[[providers]]\nid = "staff"\nname = "${NAME}"\nissuer = "${provider.issuer}"\nclient_id = "bespoke"\nclient_secret = "a secret: of +two"\n`;
  journey = await begin({ roles: false, port, config: (place) => `public_url = "${place}"\n${file}` });
  page = journey.page;
  await bring(page);
});
after(async () => {
  await Promise.all(others.map((other) => other.close()));
  await journey?.end();
  await provider?.end();
});

/** Signs in on the provider's own page and lets it tell us. */
async function atProvider(where, name) {
  await where.waitForURL(`${provider.issuer}/interaction/*`);
  await where.locator('input[name=login]').fill(name);
  await where.locator('input[name=password]').fill('anything');
  await where.locator('button[type=submit]').click();
  await where.locator('button[type=submit]').getByText('Continue').or(where.locator('button[type=submit]')).first().click();
}

const settings = (where = page) => where.goto(`${journey.server.url}/settings`);

test('a guest agrees, signs in over there, and keeps the résumé', async () => {
  await settings();
  const button = `Continue with ${NAME}`;
  assert.ok(await page.getByRole('button', { name: button }).isDisabled(), 'not before the terms are agreed to');
  await page.getByRole('checkbox', { name: /^I have read/ }).check();
  await takeScreens(page, 'doors');
  await page.getByRole('link', { name: button }).click();
  await atProvider(page, 'ada');
  await page.waitForURL(`${journey.server.url}/`);
  const account = await ask(page, '/account');
  assert.deepEqual([account.kind, account.email, account.email_verified, account.has_password], ['account', 'ada@example.org', true, false]);
  assert.equal((await ask(page, '/resumes')).length, 1);
});

test('somebody whom nobody knows is asked to agree first', async () => {
  const other = await openBrowser();
  others.push(other);
  await settings(other.page);
  await other.page.getByRole('button', { name: 'I have an account' }).click();
  await other.page.getByRole('link', { name: `Continue with ${NAME}` }).click();
  await atProvider(other.page, 'grace');
  await other.page.getByText('There is no account for you here yet').waitFor();
  assert.equal((await ask(other.page, '/account')).kind, 'guest');
});

test('an account with a password is connected, opened from over there, and disconnected', async () => {
  const other = await openBrowser();
  others.push(other);
  const there = other.page;
  await settings(there);
  await there.getByLabel('E-mail address').fill('bob@example.org');
  await there.getByLabel(/^Password, 10 characters/).fill(PASSWORD);
  await there.getByRole('checkbox', { name: /^I have read/ }).check();
  await Promise.all([there.waitForURL(`${journey.server.url}/`), there.getByRole('button', { name: 'Make an account' }).click()]);
  const { workspace_id: id } = await ask(there, '/account');

  // The same address is no reason to be let in.
  const third = await openBrowser();
  others.push(third);
  await settings(third.page);
  await third.page.getByRole('checkbox', { name: /^I have read/ }).check();
  await third.page.getByRole('link', { name: `Continue with ${NAME}` }).click();
  await atProvider(third.page, 'bob');
  await third.page.getByText('There is an account with this address already').waitFor();

  await settings(there);
  const doors = there.getByRole('region', { name: 'Other ways in' });
  await doors.getByRole('button', { name: `Connect ${NAME}` }).click();
  const dialog = there.getByRole('dialog');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: `Connect ${NAME}` }).click();
  await atProvider(there, 'bob');
  await there.getByText('From now on it opens your account, too.').waitFor();
  await doors.getByText(`${NAME} · bob@example.org`).waitFor();
  await takeScreens(there, 'doors-connected');

  await settings(third.page);
  await third.page.getByRole('button', { name: 'I have an account' }).click();
  await third.page.getByRole('link', { name: `Continue with ${NAME}` }).click();
  await third.page.waitForURL(`${journey.server.url}/`);
  assert.equal((await ask(third.page, '/account')).workspace_id, id);

  await doors.getByRole('button', { name: `Disconnect: ${NAME}` }).click();
  await there.getByText(`${NAME} opens your account no more.`).waitFor();
  assert.deepEqual(await ask(there, '/account/identities'), []);
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
