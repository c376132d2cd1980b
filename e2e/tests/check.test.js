// The check mends what a machine can: one finding, all of a kind, all there are; and takes it back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keepPicture, takeScreens } from '../lib/browser.js';
import { ask, begin, bring } from '../lib/guest.js';

/** Faults that a machine can mend: a link without its protocol, blanks, dates of two kinds, words spelt wrong. */
const FAULTY = `Dana Okafor
dana.okafor@example.com
+1 555 010 0199

Summary
Warehouse manager who has recieved two awards  and seperated safe from unsafe work .

Experience
Warehouse Manager, Northline Depot
March 2019 – Present
- Managed  a team of 14 and definately cut waste by 12%
- Was responsible for for the yearly stock count
- Helped to accomodate 30 more suppliers.

Clerk, Harbor Goods
2015-02 - 2019-01
- Sorted deliveries and kept the occured faults in a list

Skills
Excel, Inventory, Forklift, excel
`;

let journey;
let page;
let id;

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  id = await bring(page, 'faulty.txt', Buffer.from(FAULTY));
});
after(() => journey?.end());

const audit = () => ask(page, `/resumes/${id}/audit`);
const mendable = async () => (await audit()).findings.filter((finding) => finding.change);
const content = async () => JSON.stringify((await ask(page, `/resumes/${id}`)).resume);
const shown = () => page.locator('.audit-total strong').innerText().then(Number);
const settled = (n) => page.waitForFunction((n) => document.querySelectorAll('.places .button').length === n, n);

test('every finding that can be mended has a button and says what would change', async () => {
  await page.goto(`${journey.server.url}/resumes/${id}/check`);
  await page.locator('.audit-total').waitFor();
  const all = await mendable();
  assert.ok(all.length >= 3, `${all.length} can be mended`);
  await settled(all.length);
  assert.equal(await page.locator('.fix-preview').count(), all.length);
  await takeScreens(page, 'check-fixes');
  await page.locator('.fix-preview').first().evaluate((fix) => fix.scrollIntoView({ block: 'center' }));
  await keepPicture(page, 'check');
});

test('one is mended by keyboard, the score says what that gave, and it is taken back', async () => {
  const before = { content: await content(), all: await mendable(), total: (await audit()).score.total };
  const button = page.locator('.places .button').first();
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 place is mended.').waitFor();
  const left = await mendable();
  assert.ok(left.length < before.all.length);
  await settled(left.length);
  assert.notEqual(await content(), before.content);
  assert.ok((await audit()).score.total >= before.total);
  assert.equal(await shown(), Math.round((await audit()).score.total));
  // The focus is where the way back is.
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('mended')));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await settled(before.all.length);
  assert.equal(await content(), before.content);
  assert.equal(await shown(), Math.round(before.total));
});

test('all of a kind, then all that can be mended', async () => {
  const many = page.getByRole('button', { name: /^Mend all \d/ }).first();
  const n = Number(/\d+/.exec(await many.innerText())[0]);
  const before = await mendable();
  await many.click();
  await page.getByText(`${n} places are mended.`).waitFor();
  const left = await mendable();
  assert.equal(left.length, before.length - n);
  await settled(left.length);
  await page.getByRole('button', { name: /^Mend \d+ of them now$/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('.places .button').length === 0);
  assert.deepEqual(await mendable(), []);
  await takeScreens(page, 'check-mended');
});

test('a fix chosen from an old version is refused, and the page judges again', async () => {
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.places .button').length > 0);
  const { version, resume } = await ask(page, `/resumes/${id}`);
  resume.summary = { value: 'Written in another window.', confidence: 1 };
  await ask(page, `/resumes/${id}`, { method: 'PATCH', body: { version, resume } });
  await page.locator('.places .button').first().click();
  await page.getByRole('alert').waitFor();
  assert.equal((await ask(page, `/resumes/${id}`)).resume.summary.value, 'Written in another window.');
  await settled((await mendable()).length);
  await page.locator('.places .button').first().click();
  await page.getByText('1 place is mended.').waitFor();
});

test('strictness is remembered', async () => {
  await page.getByRole('checkbox', { name: /strict/ }).check();
  await page.reload();
  await page.locator('.audit-total').waitFor();
  assert.ok(await page.getByRole('checkbox', { name: /strict/ }).isChecked());
});

test('the page complained about nothing on the way', () => assert.deepEqual(journey.browser.complaints, []));
