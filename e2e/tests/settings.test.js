// What keeps an account safe: password, second factor, sessions, tokens; and how the page judges.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { ask, begin } from '../lib/guest.js';
import { totp } from '../lib/totp.js';

const EMAIL = 'grace@example.org';
const PASSWORD = 'a kettle, a rope and nine oars';
const NEXT = 'two boats behind the lighthouse';
let journey;
let page;
let other;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  await page.goto(`${journey.server.url}/settings`);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel(/^Password, 10/).fill(PASSWORD);
  await page.getByRole('checkbox', { name: /^I have read/ }).check();
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Make an account' }).click()]);
});
after(async () => {
  await other?.close();
  await journey?.end();
});

async function signIn(where, password, code) {
  await where.goto(`${journey.server.url}/settings`);
  await where.getByRole('button', { name: 'I have an account' }).click();
  await where.getByLabel('E-mail address').fill(EMAIL);
  await where.getByLabel('Password', { exact: true }).fill(password);
  await where.getByRole('button', { name: 'Sign in' }).click();
  if (code) {
    await where.getByLabel(/^Code of your second factor/).fill(code);
    await where.getByRole('button', { name: 'Sign in' }).click();
  }
  await where.waitForURL(`${journey.server.url}/`);
}

const region = (name) => page.getByRole('region', { name });

test('colours and strictness are chosen and kept', async () => {
  await page.goto(`${journey.server.url}/settings`);
  await page.getByRole('combobox', { name: /^Colours/ }).selectOption('dark');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.getByRole('combobox', { name: /^Colours/ }).selectOption('system');
  await page.getByLabel(/^The check is/).selectOption('strict');
  await page.getByLabel('What counts').fill('0.5');
  await page.reload();
  assert.equal(await page.getByLabel(/^The check is/).inputValue(), 'strict');
  assert.equal(await page.getByLabel('What counts').inputValue(), '0.5');
});

test('a second browser is seen, and signed out from here', async () => {
  other = await openBrowser();
  await signIn(other.page, PASSWORD);
  await page.reload();
  const sessions = region('Where you are signed in');
  await sessions.getByRole('listitem').nth(1).waitFor();
  await takeScreens(page, 'settings');
  await sessions.getByRole('button', { name: /^Sign out: / }).click();
  await page.getByText(/is signed out\./).waitFor();
  await sessions.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
  assert.equal((await ask(other.page, '/account')).kind, 'guest');
});

test('a second factor is scanned, confirmed, asked for, and turned off', async () => {
  const security = region('Security');
  await security.getByRole('button', { name: 'Set up a second factor' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password').fill('not the password');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('img', { name: 'QR code of the key' }).waitFor();
  const secret = await dialog.getByLabel('Key', { exact: true }).inputValue();
  await takeScreens(page, 'second-factor');
  await dialog.getByLabel('Six digits from the app').fill('000000');
  await dialog.getByRole('button', { name: 'Turn it on' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Six digits from the app').fill(totp(secret));
  await dialog.getByRole('button', { name: 'Turn it on' }).click();
  const codes = page.getByRole('dialog', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  assert.ok((await codes.count()) >= 8);
  await takeScreens(page, 'recovery-codes');
  const recovery = await codes.first().innerText();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await security.getByText(/^On\. \d+ recovery codes are left/).waitFor();

  await other.close();
  other = await openBrowser();
  await signIn(other.page, PASSWORD, recovery);
  assert.equal((await ask(other.page, '/account')).kind, 'account');

  await security.getByRole('button', { name: 'Turn off the second factor' }).click();
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Turn off the second factor' }).click();
  await page.getByText('The second factor is off.').waitFor();
  assert.equal((await ask(page, '/account')).second_factor, false);
});

test('a token is shown once, reads, and is revoked', async () => {
  const tokens = region('API tokens');
  await tokens.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it is for').fill('Nightly backup');
  await takeScreens(page, 'token-form');
  await dialog.getByRole('button', { name: 'Make a token' }).click();
  const token = await dialog.getByLabel('Token').inputValue();
  assert.match(token, /^bsp_/);
  await takeScreens(page, 'token-made');
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  const listed = async () => (await fetch(`${journey.server.url}/api/v1/resumes`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.equal(await listed(), 200);
  const write = await fetch(`${journey.server.url}/api/v1/applications`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'x', company: 'y' }),
  });
  assert.equal(write.status, 403);
  await tokens.getByRole('button', { name: 'Revoke: Nightly backup' }).click();
  await page.getByText('Nightly backup opens nothing any more.').waitFor();
  assert.equal(await listed(), 401);
});

test('a new password signs everybody else out', async () => {
  await region('Security').getByRole('button', { name: 'Change the password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Present password').fill(PASSWORD);
  await dialog.getByLabel(/^New password/).fill(NEXT);
  await takeScreens(page, 'change-password');
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('The password is changed.').waitFor();
  assert.equal((await ask(page, '/account')).kind, 'account');
  assert.equal((await ask(other.page, '/account')).kind, 'guest');
  await other.close();
  other = await openBrowser();
  await signIn(other.page, NEXT);
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
