// Job boards as a person uses them: keys, searches, an application that is seen before it is sent, the package, what is due.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { ADZUNA_KEY, EMPLOYERS_KEY, fileOf, newBoards } from '../lib/boards.js';
import { ask, begin, bring } from '../lib/guest.js';

let boards;
let journey;
let page;
let id;

before(async () => {
  boards = await newBoards();
  journey = await begin({ boards: boards.url });
  page = journey.page;
  id = await bring(page);
});
after(async () => {
  await journey?.end();
  await boards?.close();
});

const card = (title) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
const dialog = () => page.getByRole('dialog');

async function addKey(board, fields) {
  await page.goto(`${journey.server.url}/settings`);
  await page.getByRole('button', { name: 'Add a key' }).click();
  await dialog().getByLabel('Board').selectOption(board);
  for (const [label, value] of Object.entries(fields)) await dialog().getByLabel(label, { exact: true }).fill(value);
  await dialog().getByRole('button', { name: 'Keep this key' }).click();
  await dialog().waitFor({ state: 'detached' });
}

async function addSource(board, account) {
  await page.getByLabel('Board').selectOption(board);
  await page.getByLabel('Company name there').fill(account);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

test('a search says that it wants a key, and finds with one', async () => {
  await page.goto(`${journey.server.url}/resumes/${id}/openings`);
  await page.getByLabel('Board').selectOption('adzuna');
  await page.getByText('Adzuna is searched with a key of your own').waitFor();
  await addKey('adzuna', { 'Application ID': 'app1', Key: ADZUNA_KEY });
  const row = page.getByRole('region', { name: 'Job boards' });
  await row.getByText('Adzuna').waitFor();
  await takeScreens(page, 'board-keys');
  assert.ok(!(await page.content()).includes(ADZUNA_KEY), 'the key is shown again');
  assert.ok(!JSON.stringify(await ask(page, '/board-keys')).includes(ADZUNA_KEY));

  await page.goto(`${journey.server.url}/resumes/${id}/openings`);
  await page.getByLabel('Board').selectOption('adzuna');
  await page.getByLabel('Words of the job').fill('staff engineer');
  await page.getByLabel('Place').fill('Leeds');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Adzuna · GB · staff engineer · Leeds').waitFor();
  await addSource('greenhouse', 'example');
  await addSource('ashby', 'example');
  await page.getByRole('button', { name: 'Find and rank openings' }).click();
  await page.getByText('3 openings, best fit first').waitFor();
  await card('Staff Engineer').getByText('£60,000 – £72,000 a year (estimated)').waitFor();
  await card('Backend Engineer').getByText('closes 1 Mar 2099').waitFor();
  await takeScreens(page, 'openings');
});

test('where a board takes nothing by API, there is a package and the link', async () => {
  await card('Platform Engineer').getByRole('button', { name: 'Apply …' }).click();
  await dialog().getByRole('button', { name: 'Show what would be sent' }).click();
  await dialog().getByText('This board takes applications only on its own page').waitFor();
  assert.equal(await dialog().getByRole('link', { name: 'Apply on its page' }).getAttribute('href'), 'https://jobs.example.org/a1');
  const [download] = await Promise.all([page.waitForEvent('download'), dialog().getByRole('button', { name: 'Download the package' }).click()]);
  const names = execFileSync('python3', ['-m', 'zipfile', '-l', await download.path()], { encoding: 'utf8' });
  for (const name of ['marcus-t-whitfield-resume.pdf', 'marcus-t-whitfield-resume.docx', 'to-paste.txt']) assert.ok(names.includes(name), names);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('an application is seen before it is sent, and sent once', async () => {
  await card('Backend Engineer').getByRole('button', { name: 'Put it on the board' }).click();
  await card('Backend Engineer').getByText('On your board: Saved').waitFor();
  await card('Backend Engineer').getByRole('button', { name: 'Apply …' }).click();
  await dialog().getByRole('button', { name: 'Show what would be sent' }).click();
  await dialog().getByText('only with a key of the employer').waitFor();
  await addKey('greenhouse', { 'Company name there': 'example', Key: EMPLOYERS_KEY });

  await page.goto(`${journey.server.url}/resumes/${id}/openings`);
  await page.getByRole('button', { name: 'Find and rank openings' }).click();
  const apply = card('Backend Engineer').getByRole('button', { name: 'Apply …' });
  await apply.waitFor();
  await apply.focus();
  await page.keyboard.press('Enter');
  const show = dialog().getByRole('button', { name: /^Show/ });
  await show.click();
  await dialog().getByText('Answer these first: May you work in this country?').waitFor();
  assert.equal(await dialog().getByRole('button', { name: /^Send this to/ }).count(), 0, 'it could be sent with an answer missing');
  assert.equal(await dialog().getByLabel(/^First Name/).inputValue(), 'Marcus T.');
  await dialog().getByLabel(/^May you work/).selectOption('Yes');
  await dialog().getByText('You changed something').waitFor();
  await show.click();
  const send = dialog().getByRole('button', { name: 'Send this to Example Payments' });
  await send.waitFor();
  await takeScreens(page, 'apply');
  // Another answer takes the button away until it has been seen.
  await dialog().getByLabel(/^Why us/).fill('For the payments.');
  await send.waitFor({ state: 'detached' });
  await show.click();
  await send.waitFor();
  assert.equal(boards.applications.length, 0, 'something was sent before it was confirmed');

  boards.refuseNext = true;
  await send.click();
  await dialog().getByText('This job is closed').waitFor();
  assert.equal((await ask(page, '/applications')).filter(({ stage }) => stage === 'applied').length, 0, 'a refusal is recorded as applied');
  await show.click();
  await send.waitFor();
  const sum = /SHA-256 ([0-9a-f]{64})/.exec(await dialog().locator('.send-files').innerText())[1];
  await send.dblclick();
  await dialog().getByText('Example Payments has your application').waitFor();
  assert.equal(boards.applications.length, 2, 'one that was refused, and one');
  const { authorization, body } = boards.applications[1];
  assert.equal(authorization, `Basic ${Buffer.from(`${EMPLOYERS_KEY}:`).toString('base64')}`);
  assert.equal(createHash('sha256').update(fileOf(body, 'resume')).digest('hex'), sum, 'another file was sent than was shown');
  assert.ok(body.includes('For the payments.') && body.includes('name="question_2"\r\n\r\n1\r\n'));
  await dialog().getByRole('link', { name: 'Open your board' }).click();

  const applied = page.getByRole('region', { name: 'Applied' });
  await applied.getByText('Backend Engineer').waitFor();
  assert.equal((await ask(page, '/applications')).length, 1, 'the saved card did not move');
  await applied.getByRole('button', { name: 'Edit Backend Engineer' }).click();
  await dialog().getByText('What was sent').click();
  await dialog().getByText(sum).waitFor();
  await dialog().getByText('The board answered: Candidate saved successfully').waitFor();
});

test('a reminder is due on its day, on the board and on the first page', async () => {
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
  await dialog().getByLabel('Remind me on').fill(today);
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().waitFor({ state: 'detached' });
  const due = page.getByRole('region', { name: 'Due' });
  await due.getByText('today').waitFor();
  await takeScreens(page, 'due');
  await due.getByRole('button', { name: /Backend Engineer/ }).click();
  await dialog().getByLabel('Remind me on').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(journey.server.url);
  await page.getByRole('region', { name: 'Due' }).getByRole('link', { name: /Backend Engineer/ }).waitFor();
  assert.deepEqual(journey.browser.complaints, []);
});
