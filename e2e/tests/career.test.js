// What comes after the résumé: a letter, an interview, openings, and the numbers of all that.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { textOf } from '../lib/files.js';
import { ask, begin, bring } from '../lib/guest.js';
import { fixture } from '../lib/server.js';

const JOB = readFileSync(fixture('jobs/backend-engineer.txt'), 'utf8');

let journey;
let page;
let id;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  id = await bring(page);
});
after(() => journey?.end());

const goTo = (path) => page.goto(`${journey.server.url}${path}`);
const save = async (link) => {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return download.path();
};

test('a letter is written from the résumé, and each sentence says what it rests on', async () => {
  await goTo(`/resumes/${id}/letters`);
  await page.getByText('No letter yet.').waitFor();
  await takeScreens(page, 'letter-begin');
  await page.getByRole('textbox', { name: 'Paste the job description' }).fill(JOB);
  await page.getByRole('combobox', { name: 'Tone' }).selectOption('warm');
  await page.getByRole('button', { name: 'Write the letter' }).click();
  await page.waitForURL(/\/letters\/[^/]+$/);
  await page.locator('.letter-pages .sheet').first().waitFor();
  await page.getByText('Rests on').first().click();
  const proof = (await page.locator('.letter-paragraph blockquote').first().innerText()).trim();
  const { text } = await ask(page, `/resumes/${id}`);
  const plain = (words) => words.replace(/\s+/g, ' ');
  assert.ok(plain(text).includes(plain(proof).slice(0, 40)), `${proof} stands in the résumé`);
  await takeScreens(page, 'letter');
});

test('a claim without evidence stops the letter until it is confirmed', async () => {
  const body = page.locator('.letter-editor textarea').last();
  await body.fill(`${await body.inputValue()} I hold 14 patents.`);
  await body.blur();
  const alert = page.getByRole('alert').filter({ hasText: 'Your résumé does not show this' });
  await alert.waitFor();
  assert.ok(await page.getByRole('button', { name: 'PDF' }).isDisabled(), 'nothing unproven leaves');
  await takeScreens(page, 'letter-unproven');
  // One answer is for the whole sentence.
  await alert.getByRole('button', { name: 'It is true: keep it' }).first().click();
  await alert.waitFor({ state: 'detached' });
  const file = await save(page.getByRole('link', { name: 'PDF' }));
  const words = textOf('pdf', file).replace(/\s+/g, ' ');
  assert.ok(words.includes('I hold 14 patents.'), words.slice(-400));
  assert.ok(words.includes('Marcus T. Whitfield'));
});

test('an interview is prepared, practised and taken along', async () => {
  await goTo(`/resumes/${id}/interviews`);
  await page.getByText('No preparation yet.').waitFor();
  await page.getByRole('textbox', { name: 'Paste the job description' }).fill(JOB);
  await page.getByRole('button', { name: 'Prepare the interview' }).click();
  await page.waitForURL(/\/interviews\/[^/]+$/);
  const questions = page.locator('.interview ol > li');
  await questions.first().waitFor();
  const all = await questions.count();
  assert.ok(all >= 8, `${all} questions`);
  assert.ok(await page.locator('.star').count(), 'own stories are laid out');
  await takeScreens(page, 'interview');
  await page.getByRole('tab', { name: 'Practise' }).click();
  await page.getByText(`Question 1 of ${all}`).waitFor();
  await page.getByRole('button', { name: 'Start the clock' }).click();
  await page.waitForFunction(() => document.querySelector('[role=timer]').textContent !== '0:00');
  await page.getByRole('textbox', { name: 'Your notes' }).fill('Tell of the shipment ledger first.');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('radio', { name: '4 of 5' }).check({ force: true });
  await page.getByText(`1 of ${all} practised`).waitFor();
  await takeScreens(page, 'interview-practise');
  await page.reload();
  await page.getByText(`1 of ${all} practised`).waitFor();
  const kept = await save(page.getByRole('link', { name: 'Download as Markdown' }));
  assert.match(readFileSync(kept, 'utf8'), /Tell of the shipment ledger first\./);
  await page.getByRole('tab', { name: 'Ask them' }).click();
  await page.locator('.interview [role=tabpanel] h3').first().waitFor();
});

test('openings are asked for only where they may be', async () => {
  await goTo(`/resumes/${id}/openings`);
  await page.getByText('No board is named yet').waitFor();
  await takeScreens(page, 'openings-empty');
  await page.getByRole('combobox', { name: 'Board' }).selectOption('feed');
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/jobs.rss');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: 'Find and rank openings' }).click();
  // The own machine and the own network are never asked in a person's name.
  await page.locator('.problem, [role=status]').filter({ hasText: /127\.0\.0\.1|private|own network/i }).first().waitFor();
  await takeScreens(page, 'openings-refused');
  await page.reload();
  await page.getByRole('button', { name: 'Remove feed:http://127.0.0.1:9/jobs.rss' }).click();
  await page.getByText('No board is named yet').waitFor();
});

test('the numbers tell of all that, and leave as CSV', async () => {
  const tailored = await ask(page, `/resumes/${id}/tailorings`, { method: 'POST', body: { job: JOB } });
  await ask(page, `/tailorings/${tailored.id}`, { method: 'PATCH', body: { version: tailored.version, accepted: tailored.accepted.slice(1) } });
  const made = await ask(page, '/applications', { method: 'POST', body: { stage: 'applied', title: 'Senior Backend Engineer', company: 'Harbourlight', resume_id: id, tailoring_id: tailored.id } });
  await ask(page, `/applications/${made.id}`, { method: 'PATCH', body: { ...made, stage: 'interview' } });
  await goTo('/numbers');
  const glance = page.getByLabel('At a glance');
  await glance.waitFor();
  assert.match(await glance.innerText(), /1\s+Letters written/);
  assert.match(await glance.innerText(), /1\s+Interviews prepared/);
  const today = new Date().toISOString().slice(0, 10);
  assert.match(await page.locator('.time-plot li').last().getAttribute('title'), /Events [1-9]/);
  const sent = page.getByRole('region', { name: 'Outcomes, by what was sent' }).or(page.locator('section', { hasText: 'Outcomes, by what was sent' }));
  assert.match(await sent.first().innerText(), /Senior Backend Engineer · Harbourlight[\s\S]*Interview/);
  await page.locator('section', { hasText: 'What changed the match' }).locator('.score-parts li').first().waitFor();
  await takeScreens(page, 'numbers');
  const csv = readFileSync(await save(page.getByRole('link', { name: 'Download as CSV' })), 'utf8');
  assert.match(csv, new RegExp(`${today},letter-written,warm,1`));
  assert.doesNotMatch(csv, /Marcus|Harbourlight|Backend/, 'numbers hold no contents');
});

test('the server learns only from who lets it, and whoever runs it sees only those', async () => {
  await goTo('/operator');
  await page.getByText('Nobody who agreed has done anything in this time.').waitFor();
  await page.locator('.count-table code', { hasText: '/api/v1/resumes' }).first().waitFor();
  await takeScreens(page, 'operator-empty');
  await goTo('/numbers');
  await page.getByRole('checkbox', { name: /Add my numbers/ }).click();
  await page.waitForFunction(() => document.querySelector('input[type=checkbox]').checked);
  await goTo('/operator');
  await page.getByText('Of 1 workspace that agreed').waitFor();
  await page.locator('section', { hasText: 'From upload to offer' }).getByText('Résumés uploaded').waitFor();
  await takeScreens(page, 'operator');
  const csv = readFileSync(await save(page.getByRole('button', { name: 'Download as CSV' })), 'utf8');
  assert.match(csv, /^day,event,label,n\r\n[\s\S]*,upload,,1/);
  await goTo('/numbers');
  await page.getByRole('checkbox', { name: /Add my numbers/ }).click();
  await page.waitForFunction(() => !document.querySelector('input[type=checkbox]').checked);
  assert.equal((await ask(page, '/operator/counts')).agreed, 0);
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
