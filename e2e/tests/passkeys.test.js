// Passkeys with the authenticator that Chromium has for tests.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { ask, begin } from '../lib/guest.js';

const PASSWORD = 'nine lamps along the old canal';
let journey;
let page;
let device;
let cdp;

before(async () => {
  journey = await begin({ roles: false, config: (place) => `public_url = "${place}"\n` });
  page = journey.page;
  cdp = await journey.browser.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  device = (await cdp.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
  await page.goto(`${journey.server.url}/settings`);
  await page.getByLabel('E-mail address').fill('ada@example.org');
  await page.getByLabel(/^Password, 10/).fill(PASSWORD);
  await page.getByRole('checkbox', { name: /^I have read/ }).check();
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Make an account' }).click()]);
});
after(() => journey?.end());

const doors = () => page.getByRole('region', { name: 'Other ways in' });
const verified = (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified });

test('a passkey is made after the password was given', async () => {
  await page.goto(`${journey.server.url}/settings`);
  await doors().getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What you call it').fill('Blue laptop');
  await dialog.getByLabel('Password').fill('not the password');
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Password').fill(PASSWORD);
  await takeScreens(page, 'passkey-add');
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is added.').waitFor();
  await doors().getByText('Blue laptop').waitFor();
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: device });
  assert.deepEqual(
    credentials.map(({ isResidentCredential, rpId }) => [isResidentCredential, rpId]),
    [[true, 'localhost']],
  );
  await takeScreens(page, 'passkeys');
});

async function signOut() {
  await page.goto(`${journey.server.url}/settings`);
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Sign out', exact: true }).click()]);
  await page.goto(`${journey.server.url}/settings`);
  await page.getByRole('button', { name: 'I have an account' }).click();
}

test('it opens the account without a password, and only for who was verified', async () => {
  await signOut();
  await verified(false);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal((await ask(page, '/account')).kind, 'guest');
  await verified(true);
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Sign in with a passkey' }).click()]);
  assert.equal((await ask(page, '/account')).email, 'ada@example.org');
});

test('once it is removed it opens nothing', async () => {
  await page.goto(`${journey.server.url}/settings`);
  await doors().getByRole('button', { name: 'Remove: Blue laptop' }).click();
  await page.getByText('Blue laptop opens your account no more.').waitFor();
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('alert').getByText('not known here').waitFor();
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
