// What comes by e-mail: an address is proved, a forgotten password is set anew, a link is sent.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { makeCertificates } from '../lib/certificates.js';
import { ask, begin, bring } from '../lib/guest.js';
import { openMailbox } from '../lib/mailbox.js';

const EMAIL = 'ada@example.org';
const PASSWORD = 'seven green kettles on a train';
const NEXT = 'two boats behind the lighthouse';
let folder;
let journey;
let mailbox;
let other;
let page;
let id;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bespoke-mail-'));
  const files = makeCertificates(folder);
  mailbox = await openMailbox(files);
  const mail = `[mail]\nurl = "smtp://localhost:${mailbox.port}"\nfrom = "Bespoke <bespoke@example.org>"\nca_file = "${files.authority}"\n`;
  journey = await begin({ roles: false, config: (place) => `public_url = "${place}"\n${mail}` });
  page = journey.page;
  id = await bring(page);
});
after(async () => {
  await other?.close();
  await journey?.end();
  mailbox?.end();
  await rm(folder, { recursive: true, force: true });
});

const linkIn = (mail) => /http:\/\/localhost\S+/.exec(mail.text)[0];
const settings = (where = page) => where.goto(`${journey.server.url}/settings`);

test('the address is proved with the link of the message', async () => {
  await settings();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel(/^Password, 10/).fill(PASSWORD);
  await page.getByRole('checkbox', { name: /^I have read/ }).check();
  await Promise.all([page.waitForURL(`${journey.server.url}/`), page.getByRole('button', { name: 'Make an account' }).click()]);
  await settings();
  await page.getByText('Your address is not proved yet').waitFor();
  await takeScreens(page, 'unproved');
  const mail = await mailbox.next();
  assert.equal(mail.to, EMAIL);
  const link = linkIn(mail);
  await page.goto(link);
  await takeScreens(page, 'mailed-verify');
  assert.ok(!page.url().includes('#'), 'the secret leaves the address bar');
  await page.getByRole('button', { name: 'Yes, this is my address' }).click();
  await page.getByText('your address is proved').waitFor();
  assert.equal((await ask(page, '/account')).email_verified, true);
});

test('a link to the résumé is sent with what is chosen', async () => {
  await page.goto(`${journey.server.url}/resumes/${id}/export`);
  await page.getByText('Share a link', { exact: true }).click();
  await page.getByLabel('For whom (only you see it)').fill('Recruiter');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const form = page.getByRole('form', { name: 'Send it by e-mail' });
  await form.getByLabel('To this address').fill('head@example.com');
  await form.getByLabel('when the link ends').uncheck();
  await form.getByLabel('What you add').fill('As promised on Monday.');
  await takeScreens(page, 'share-mail');
  await form.getByRole('button', { name: 'Send' }).click();
  await page.getByText('The message is sent.').waitFor();
  const mail = await mailbox.next();
  assert.equal(mail.to, 'head@example.com');
  const { resume } = await ask(page, `/resumes/${id}`);
  assert.ok(mail.text.includes('As promised on Monday.') && mail.text.includes(resume.contact.name.value), mail.text);
  assert.ok(!mail.text.includes('Shown until'), mail.text);
  const visit = await openBrowser();
  assert.equal((await visit.page.goto(linkIn(mail))).status(), 200);
  await visit.close();
});

test('a forgotten password is set anew, and everybody is signed out', async () => {
  other = await openBrowser();
  await settings(other.page);
  await other.page.getByRole('button', { name: 'I have an account' }).click();
  await other.page.getByRole('button', { name: 'Forgot your password?' }).click();
  const dialog = other.page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill(EMAIL);
  await takeScreens(other.page, 'forgotten');
  await dialog.getByRole('button', { name: 'Send the message' }).click();
  await dialog.getByText('the message is on its way').waitFor();
  await other.page.goto(linkIn(await mailbox.next()));
  await other.page.getByLabel(/^New password/).fill(NEXT);
  await takeScreens(other.page, 'mailed-reset');
  await other.page.getByRole('button', { name: 'Set the password' }).click();
  await other.page.getByText('Your password is set').waitFor();
  assert.equal((await ask(page, '/account')).code, 'no-workspace', 'the other browser is out');
  await other.page.getByRole('link', { name: 'To the settings' }).click();
  await other.page.getByRole('button', { name: 'I have an account' }).click();
  await other.page.getByLabel('E-mail address').fill(EMAIL);
  await other.page.getByLabel('Password', { exact: true }).fill(NEXT);
  await Promise.all([other.page.waitForURL(`${journey.server.url}/`), other.page.getByRole('button', { name: 'Sign in', exact: true }).click()]);
  assert.equal((await ask(other.page, '/account')).kind, 'account');
  assert.match((await mailbox.next()).text, /set anew/);
});

// That a browser which was signed out may open no socket, it says by itself.
test('the page complained about nothing else on the way', () => assert.deepEqual(journey.browser.complaints.filter((one) => !one.includes('/api/v1/live')), []));
