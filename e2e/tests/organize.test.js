// Entries, sections and bullets in another order, by mouse and by keyboard; undo takes back the move and nothing else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';

let journey;
let page;
let id;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  id = await bring(page);
  await page.goto(`${journey.server.url}/resumes/${id}`);
  await page.getByRole('region', { name: 'Work' }).waitFor();
});
after(() => journey?.end());

const employers = () => page.getByRole('region', { name: 'Work' }).getByRole('article').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
const sections = () => page.locator('.sections > .sortable-item > .section').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
const saved = () => page.getByText('Every change is saved.').waitFor();

/** Drags a handle with the mouse to where `target` is. */
async function drag(handle, target) {
  // Away from the edges of the window, where dragging scrolls.
  await handle.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const [from, to] = [await handle.boundingBox(), await target.boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 12; step++) await page.mouse.move(from.x + 8, from.y + from.height / 2 + ((to.y - from.y) * step) / 12);
  await page.mouse.up();
}

test('an entry moves by the arrow keys, and the focus stays on its handle', async () => {
  const first = await employers();
  assert.ok(first.length >= 3);
  const handle = page.getByRole('region', { name: 'Work' }).getByRole('button', { name: `Move ${first[0]}`, exact: false }).first();
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await employers(), [first[1], first[0], ...first.slice(2)]);
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), new RegExp(`^Move ${first[0]}`));
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await employers(), first);
  await saved();
});

test('undo takes back the move, and keeps what was typed since', async () => {
  const first = await employers();
  const handle = page.getByRole('region', { name: 'Work' }).getByRole('button', { name: `Move ${first[0]}`, exact: false }).first();
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  const headline = page.getByRole('textbox', { name: 'Headline' });
  await headline.fill('Fleet Systems Engineer');
  await headline.press('Enter');
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await employers(), first);
  assert.equal(await headline.inputValue(), 'Fleet Systems Engineer');
  await saved();
  const kept = (await ask(page, `/resumes/${id}`)).resume;
  assert.equal(kept.contact.label.value, 'Fleet Systems Engineer');
  assert.deepEqual(kept.work.map((job) => job.company.value), first);
});

test('a bullet is dragged by its handle', async () => {
  const entry = page.getByRole('region', { name: 'Work' }).getByRole('article').first();
  const texts = () => entry.getByRole('textbox', { name: /^Bullet \d/ }).evaluateAll((all) => all.map((field) => field.value));
  const first = await texts();
  assert.ok(first.length >= 3);
  await drag(entry.locator('.bullet .grip').first(), entry.locator('.bullet').nth(1));
  assert.deepEqual(await texts(), [first[1], first[0], ...first.slice(2)]);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await texts(), first);
});

test('a whole section moves, and the file follows', async () => {
  const first = await sections();
  const at = first.indexOf('Skills');
  assert.ok(at > 0, first.join());
  const handle = page.getByRole('region', { name: 'Skills', exact: true }).locator('.section-head .grip');
  await handle.focus();
  for (let place = at; place > 0; place--) await page.keyboard.press('ArrowUp');
  assert.equal((await sections())[0], 'Skills');
  await takeScreens(page, 'organize-section');
  await saved();
  const text = await page.evaluate(async (id) => (await fetch(`/api/v1/resumes/${id}/export?format=txt`)).text(), id);
  const [skills, work] = [text.search(/^SKILLS/im), text.search(/^(WORK|EXPERIENCE|PROFESSIONAL)/im)];
  assert.ok(skills >= 0 && work > skills, `skills at ${skills}, work at ${work}`);
});

test('a removed bullet comes back alone', async () => {
  const entry = page.getByRole('region', { name: 'Work' }).getByRole('article').first();
  const texts = () => entry.getByRole('textbox', { name: /^Bullet \d/ }).evaluateAll((all) => all.map((field) => field.value));
  const first = await texts();
  await entry.getByRole('button', { name: /^Remove bullet 2 of/ }).click();
  assert.equal((await texts()).length, first.length - 1);
  await entry.getByRole('textbox', { name: /^Bullet 1 / }).fill('Typed after the removal');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  assert.deepEqual(await texts(), ['Typed after the removal', ...first.slice(1)]);
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
