// A language model of one's own: switched on in the settings, tried, asked beside a tailoring and a letter, switched off.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';
import { newModel } from '../lib/model.js';
import { fixture } from '../lib/server.js';

const KEY = 'e2e-k3y';
const JOB = readFileSync(fixture('jobs/backend-engineer.txt'), 'utf8');
let model;
let journey;
let page;
let id;

before(async () => {
  model = await newModel();
  journey = await begin({ config: () => '[model]\nallow_private = true\ntimeout = 2\n' });
  page = journey.page;
  id = await bring(page);
});
after(async () => {
  await journey?.end();
  model?.close();
});

const card = () => page.getByRole('region', { name: 'Language model' });

test('nothing is asked while it is off', async () => {
  const { id: tailoring } = await ask(page, `/resumes/${id}/tailorings`, { method: 'POST', body: { job: JOB } });
  await page.goto(`${journey.server.url}/resumes/${id}/tailor/${tailoring}`);
  await page.getByRole('heading', { name: /suggestions taken/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /for wordings/ }).count(), 0);
  assert.equal(model.asked.length, 0);
});

test('it is switched on and tried, and its key is not shown again', async () => {
  await page.goto(`${journey.server.url}/settings`);
  await card().getByText(/^Off: nothing is sent/).waitFor();
  await card().getByRole('button', { name: 'Switch one on' }).click();
  const dialog = page.getByRole('dialog', { name: 'Language model' });
  await dialog.getByLabel(/^Address/).fill('http://models.example.com/v1?key=1');
  await dialog.getByLabel(/^Name/).fill('our-model');
  await dialog.getByLabel(/^Key/).fill(KEY);
  await takeScreens(page, 'model-dialog');
  await dialog.getByRole('button', { name: /try$/ }).click();
  await dialog.getByText(/without a question mark/).waitFor();
  await dialog.getByLabel(/^Address/).fill(model.address);
  await dialog.getByRole('button', { name: /try$/ }).click();
  await card().getByText(/^It works/).waitFor();
  await takeScreens(page, 'model-settings');
  assert.deepEqual(model.asked.map(({ key }) => key), [`Bearer ${KEY}`]);
  await page.reload();
  await card().getByText(/with a key/).waitFor();
  assert.ok(!(await page.content()).includes(KEY));
  for (const [mood, said] of [['refusing', /refuses the key \(status 401\)/], ['garbage', /no language model/], ['hanging', /did not answer in time/], ['honest', /^It works/]]) {
    model.mood = mood;
    await card().getByRole('button', { name: 'Try it' }).click();
    await card().getByText(said).waitFor();
  }
});

test('its wordings are offered, marked, and take the place of others', async () => {
  const [{ id: tailoring }] = await ask(page, `/resumes/${id}/tailorings`);
  await page.goto(`${journey.server.url}/resumes/${id}/tailor/${tailoring}`);
  model.mood = 'inventing';
  await page.getByRole('button', { name: 'Ask our-model for wordings' }).click();
  await page.getByText(/0 wordings passed the check\. \d+ were refused/).waitFor();
  assert.equal(await page.getByText('Worded by a language model').count(), 0);
  model.mood = 'honest';
  await page.getByRole('button', { name: 'Ask our-model again' }).click();
  await page.getByText(/[1-9]\d* wordings? passed the check/).waitFor();
  const worded = page.getByRole('checkbox', { name: /Worded by a language model/ });
  const { tailoring: before, accepted } = await ask(page, `/tailorings/${tailoring}`);
  assert.equal(await worded.count(), before.asked.worded);
  for (const box of await worded.all()) assert.equal(await box.isChecked(), false);
  await takeScreens(page, 'model-tailoring');
  // Every one is taken; those that worded the same texts are not any more.
  for (let n = 0; n < before.asked.worded; n++) {
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await worded.nth(n).check();
    await saved;
  }
  const now = await ask(page, `/tailorings/${tailoring}`);
  const textOf = ({ edit }) => JSON.stringify(edit?.kind === 'replace-text' ? edit.target : edit?.kind === 'drop-bullet' ? { at: 'bullet', id: edit.bullet.id } : null);
  const taken = now.tailoring.suggestions.filter((one) => now.accepted.includes(one.id)).map(textOf).filter((text) => text !== 'null');
  assert.equal(new Set(taken).size, taken.length);
  assert.ok(now.accepted.some((one) => one.startsWith('m')) && accepted.length > 0);
  assert.deepEqual(now.violations, []);
});

test('a letter says which sentences it worded', async () => {
  const { id: letter } = await ask(page, `/resumes/${id}/letters`, { method: 'POST', body: { job: JOB } });
  await page.goto(`${journey.server.url}/resumes/${id}/letters/${letter}`);
  model.mood = 'inventing';
  const { letter: before } = await ask(page, `/letters/${letter}`);
  await page.getByRole('button', { name: 'Ask our-model for wordings' }).click();
  await page.getByText(/were refused|was refused/).waitFor();
  const { letter: after } = await ask(page, `/letters/${letter}`);
  assert.deepEqual(after.paragraphs, before.paragraphs);
  await takeScreens(page, 'model-letter');
  const { body } = model.asked.at(-1);
  assert.ok(!body.includes(before.salutation));
});

test('switched off, it is forgotten', async () => {
  await page.goto(`${journey.server.url}/settings`);
  await card().getByRole('button', { name: 'Switch off' }).click();
  await card().getByText(/^Off: nothing is sent/).waitFor();
  const asked = model.asked.length;
  assert.equal((await ask(page, '/model')).chosen, null);
  assert.equal((await ask(page, '/model/test', { method: 'POST' })).code, 'model-off');
  assert.equal(model.asked.length, asked);
});
