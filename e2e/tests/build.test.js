// A résumé without a file: step by step, beside the page that it becomes; nothing that was typed is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';

/** Longest time from a key to the page that shows it, in milliseconds (p95). Tests run an unoptimised server. */
const MOST_MS = Number(process.env.BESPOKE_PREVIEW_MS ?? 1500);

let journey;
let page;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
});
after(() => journey?.end());

const step = (name) => page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: new RegExp(`^${name}`) }).click();
const sheet = () => page.locator('.pages .sheet').first();
const id = () => /resumes\/([^/]+)/.exec(page.url())[1];

test('a name begins it', async () => {
  await page.getByRole('link', { name: 'Fill in a form instead' }).click();
  await page.getByRole('heading', { name: 'A new résumé' }).waitFor();
  await takeScreens(page, 'build-begin');
  await page.getByRole('textbox', { name: 'Name' }).fill('Solvei Brandt');
  await page.getByRole('textbox', { name: 'Headline' }).fill('Theatre lighting technician');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.waitForURL(/\/resumes\/[^/]+\/build/);
  await sheet().waitFor();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('solvei@example.com');
  await page.getByRole('textbox', { name: 'Phone' }).fill('+47 555 01 234');
  await page.keyboard.press('Tab');
  await page.getByText('Every change is saved.').waitFor();
  await takeScreens(page, 'build-contact');
});

test('work, with entries added and removed', async () => {
  await step('Work');
  const work = page.getByRole('region', { name: 'Work' });
  await work.getByRole('button', { name: 'Entry' }).click();
  await work.getByRole('textbox', { name: 'Position' }).fill('Lighting technician');
  await work.getByRole('textbox', { name: 'Company' }).fill('Fjordscene Theatre');
  await work.getByRole('textbox', { name: 'Start' }).fill('Aug 2019');
  await work.getByRole('textbox', { name: 'End' }).fill('Present');
  await work.getByRole('button', { name: 'Bullet', exact: true }).click();
  await work.getByRole('textbox', { name: /^Bullet 1/ }).fill('Programmed 60 shows on grandMA3 consoles');
  await work.getByRole('button', { name: 'Bullet', exact: true }).click();
  await work.getByRole('textbox', { name: /^Bullet 2/ }).fill('Trained four apprentices in rigging safety');
  await page.keyboard.press('Tab');
  await work.getByRole('button', { name: 'Entry' }).click();
  assert.equal(await work.getByRole('article').count(), 2);
  await work.getByRole('button', { name: /^Remove entry 1/ }).click();
  assert.equal(await work.getByRole('article').count(), 1);
  await page.getByText('Every change is saved.').waitFor();
  await takeScreens(page, 'build-work');
});

test('skills and extras', async () => {
  await step('Skills');
  const skills = page.getByRole('region', { name: 'Skills' });
  await skills.getByRole('button', { name: 'Group' }).click();
  await skills.getByRole('button', { name: 'Skill', exact: true }).click();
  await skills.getByRole('textbox', { name: /^Skill 1/ }).fill('grandMA3');
  await page.keyboard.press('Tab');
  await step('Extras');
  await page.getByRole('button', { name: 'Languages' }).click();
  await page.getByRole('region', { name: 'Languages' }).getByRole('textbox', { name: 'Language' }).fill('Norwegian');
  await page.keyboard.press('Tab');
  await page.getByText('Every change is saved.').waitFor();
  await takeScreens(page, 'build-extras');
  const { resume } = await ask(page, `/resumes/${id()}`);
  assert.equal(resume.contact.email.value, 'solvei@example.com');
  assert.equal(resume.work[0].start.value, '2019-08');
  assert.equal(resume.work[0].end.value, 'present');
  assert.deepEqual(resume.work[0].highlights.map((bullet) => bullet.text.value), ['Programmed 60 shows on grandMA3 consoles', 'Trained four apprentices in rigging safety']);
  assert.equal(resume.languages[0].language.value, 'Norwegian');
});

/** Types letter by letter, and measures each from the key to the frame that shows the page with it. */
async function typeAndMeasure(text) {
  const times = [];
  for (const letter of text) {
    // A space at the end draws nothing.
    const took = await page.evaluate(async ([letter, most]) => {
      const drawn = () => document.querySelector('.pages .sheet canvas').dataset.drawn;
      const was = drawn();
      const began = performance.now();
      document.execCommand('insertText', false, letter);
      await new Promise((done) => {
        const look = () => (drawn() !== was || performance.now() - began > most ? done() : requestAnimationFrame(look));
        requestAnimationFrame(look);
      });
      // What is drawn is seen with the next frame.
      await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - began;
    }, [letter, letter === ' ' ? 300 : 5000]);
    if (letter !== ' ') times.push(took);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(0.5 * (times.length - 1))], p95: times[Math.floor(0.95 * (times.length - 1))], keys: times.length };
}

const TYPED = 'I light plays, operas and concerts in houses of';

test('the page follows every key', async (t) => {
  await step('Summary');
  const field = page.getByRole('textbox', { name: 'Summary' });
  await field.click();
  await page.waitForTimeout(300);
  const { p50, p95, keys } = await typeAndMeasure(TYPED);
  t.diagnostic(`edit to preview: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms over ${keys} keys`);
  assert.ok(p95 <= MOST_MS, `${p95} ms`);
});

test('two full pages follow every key, too', async (t) => {
  const own = page.url();
  await page.goto(`${journey.server.url}/resumes/${await bring(page)}/build?step=summary`);
  await page.locator('.pages .sheet canvas').nth(1).waitFor();
  const field = page.getByRole('textbox', { name: 'Summary' });
  await field.click();
  await page.keyboard.press('End');
  await page.waitForTimeout(300);
  const { p50, p95, keys } = await typeAndMeasure(TYPED);
  t.diagnostic(`edit to preview, two full pages: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms over ${keys} keys`);
  assert.ok(p95 <= MOST_MS, `${p95} ms`);
  // What the canvas shows is what the browser would make of the same page as a picture.
  await page.getByText('Every change is saved.').waitFor();
  const { resume } = await ask(page, `/resumes/${/resumes\/([^/]+)/.exec(page.url())[1]}`);
  const { pages } = await ask(page, `/resumes/${/resumes\/([^/]+)/.exec(page.url())[1]}/preview`, { method: 'POST', body: { resume } });
  const differs = await page.evaluate(async (svg) => {
    const canvas = document.querySelector('.pages .sheet canvas');
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await picture.decode();
    const other = new OffscreenCanvas(canvas.width, canvas.height);
    other.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    // Made small first: how the edges of letters are smoothed is no difference.
    const [one, two] = [canvas, other].map((source) => {
      const small = new OffscreenCanvas(Math.round(source.width / 8), Math.round(source.height / 8)).getContext('2d');
      small.imageSmoothingQuality = 'high';
      small.drawImage(source, 0, 0, small.canvas.width, small.canvas.height);
      return small.getImageData(0, 0, small.canvas.width, small.canvas.height).data;
    });
    return one.reduce((most, value, at) => Math.max(most, Math.abs(value - two[at])), 0);
  }, pages[0]);
  t.diagnostic(`drawn and pictured page differ by at most ${differs} of 255`);
  assert.ok(differs < 40, `${differs}`);
  await page.goto(own);
  await page.getByRole('textbox', { name: 'Summary' }).waitFor();
});

test('a dropped connection loses no keystroke', async () => {
  const field = page.getByRole('textbox', { name: 'Summary' });
  await page.route('**/api/v1/resumes/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
  await field.fill('Typed while the line was down.');
  await page.getByText('Not saved yet').waitFor();
  await takeScreens(page, 'build-waiting');
  // The page is loaded anew before the line is back: what was typed is still there.
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Typed while the line was down.');
  await page.unroute('**/api/v1/resumes/*');
  await page.getByText('Every change is saved.').waitFor();
  assert.equal((await ask(page, `/resumes/${id()}`)).resume.summary.value, 'Typed while the line was down.');
});

test('two versions made at once are both shown, and one is chosen', async () => {
  const change = async (text) => {
    const { version, resume } = await ask(page, `/resumes/${id()}`);
    resume.summary = { value: text, confidence: 1 };
    await ask(page, `/resumes/${id()}`, { method: 'PATCH', body: { version, resume } });
  };
  const field = page.getByRole('textbox', { name: 'Summary' });
  const conflict = page.getByRole('dialog', { name: 'Changed in two places' });
  await change('Written on the other device.');
  await field.fill('Written on this page.');
  await conflict.waitFor();
  await conflict.getByText('other device').waitFor();
  assert.match(await conflict.innerText(), /this page/);
  await takeScreens(page, 'build-conflict');
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await conflict.waitFor({ state: 'detached' });
  await page.getByText('Every change is saved.').waitFor();
  assert.equal((await ask(page, `/resumes/${id()}`)).resume.summary.value, 'Written on this page.');

  await change('The other device again.');
  await field.fill('This page again.');
  await conflict.getByRole('button', { name: 'Load the newer version' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('textarea')].some((one) => one.value === 'The other device again.'));
  await page.getByText('Every change is saved.').waitFor();
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
