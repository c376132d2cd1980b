// From a real PDF to a tailored résumé in every format, as a guest, in one browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ARTIFACTS, DESKTOP, PHONE, dropFile, keepPicture, openBrowser, takeScreens } from '../lib/browser.js';
import { letters, textOf, wordsOfPdf } from '../lib/files.js';
import { fixture, newServer } from '../lib/server.js';

const PDF = fixture('resumes/two-page.pdf');
const JOB = readFileSync(fixture('jobs/backend-engineer.txt'), 'utf8');

const server = await newServer();
let browser;
let page;
const told = [];

before(async () => {
  await server.start();
  browser = await openBrowser();
  page = browser.page;
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(JSON.parse(String(payload)))));
});

after(async () => {
  await browser?.close();
  await server.remove();
});

const tab = (name) => page.getByRole('navigation', { name: 'Views of the résumé' }).getByRole('link', { name }).click();

test('a file that is no résumé gets a clear answer in the page', async () => {
  await page.goto(server.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await takeScreens(page, '01-start');
  await dropFile(page, '.drop', { name: 'holiday.mp4', type: 'video/mp4', bytes: Buffer.from('\0\0\0\x18ftypmp42 not a résumé') });
  const alert = page.getByRole('alert');
  await alert.getByText('holiday.mp4').waitFor();
  assert.match(await alert.innerText(), /supported/i);
  await takeScreens(page, '02-refused');
});

test('a broken PDF says what is wrong and leads back', async () => {
  await dropFile(page, '.drop', { name: 'broken.pdf', type: 'application/pdf', bytes: readFileSync(PDF).subarray(0, 900) });
  const alert = page.getByRole('alert').filter({ hasText: /PDF/ });
  await alert.waitFor();
  await takeScreens(page, '03-broken');
  assert.doesNotMatch(await alert.innerText(), /panic|undefined|null|Error:/);
  await page.goto(server.url);
});

test('a dropped PDF is read, with progress told on the way', async () => {
  await dropFile(page, '.drop', { name: 'two-page.pdf', type: 'application/pdf', bytes: readFileSync(PDF) });
  await page.waitForURL(/\/resumes\/[^/]+$/);
  await page.getByRole('region', { name: 'Contact' }).getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  const id = page.url().split('/').at(-1);
  // The page shows what was read as soon as it is stored; the roles, and with them "ready", come after.
  const steps = () => told.filter((event) => event.resume_id === id).map((event) => event.step);
  for (const end = Date.now() + 20_000; !steps().includes('ready') && Date.now() < end; ) await page.waitForTimeout(20);
  for (const step of ['stored', 'reading', 'parsing', 'fitting', 'ready']) assert.ok(steps().includes(step), `${step} in ${steps()}`);
});

test('what was read stands beside the original, and a field shows its place', async () => {
  const name = page.getByRole('region', { name: 'Contact' }).getByRole('textbox', { name: 'Name', exact: true });
  assert.equal(await name.inputValue(), 'Marcus T. Whitfield');
  assert.equal(await page.getByRole('textbox', { name: 'E-mail' }).inputValue(), 'marcus.whitfield@example.com');
  for (const employer of ['Cascadia Freight Systems', 'Ledgerline Payments', 'Bluefin Analytics']) {
    const found = await page.getByRole('region', { name: 'Work' }).getByRole('textbox').evaluateAll((all, want) => all.some((field) => field.value === want), employer);
    assert.ok(found, employer);
  }
  const sheet = page.getByAltText('Page 1 of the original');
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 400, await sheet.elementHandle());
  await takeScreens(page, '04-resume');

  await name.hover();
  const mark = page.locator('.mark-box.active');
  await mark.waitFor();
  const [box, frame] = [await mark.boundingBox(), await sheet.boundingBox()];
  const truth = wordsOfPdf(PDF);
  const word = truth.words.find(({ text }) => text === 'Whitfield');
  const [x, y] = [frame.x + (((word.x0 + word.x1) / 2) * frame.width) / truth.width, frame.y + (((word.y0 + word.y1) / 2) * frame.height) / truth.height];
  assert.ok(box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height, `the mark ${JSON.stringify(box)} covers ${x}, ${y}`);
  assert.ok(box.height < frame.height / 10, 'the mark is no larger than the line');
  await keepPicture(page, '05-highlight');

  // The same in the text, in the order in which software reads it.
  await page.getByRole('button', { name: 'As software reads it' }).click();
  await page.mouse.move(0, 0);
  await name.hover();
  assert.equal(await page.locator('.original-text mark.active').innerText(), 'Marcus T. Whitfield');
  await takeScreens(page, '05-text');
  await page.getByRole('button', { name: 'As it looks' }).click();
});

test('an edit is saved, and the guest workspace survives a reload', async () => {
  const headline = page.getByRole('textbox', { name: 'Headline' });
  await headline.fill('Principal Backend Engineer');
  await headline.press('Enter');
  await page.getByText('Every change is saved.').waitFor();
  await page.reload();
  await page.getByRole('textbox', { name: 'Headline' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Headline' }).inputValue(), 'Principal Backend Engineer');
  await page.goto(server.url);
  await page.getByRole('link', { name: /Marcus T. Whitfield/ }).waitFor();
  await takeScreens(page, '06-start-again');
  await page.getByRole('link', { name: /Marcus T. Whitfield/ }).click();
});

test('the check shows its score in parts, and each finding leads to its place', async () => {
  await tab('Check');
  await page.locator('.audit-total').waitFor();
  const total = Number(await page.locator('.audit-total strong').innerText());
  assert.ok(total > 0 && total <= 100);
  const lenient = await page.locator('.places li').count();
  await page.getByRole('checkbox', { name: /strict/ }).check();
  await page.waitForFunction((before) => document.querySelectorAll('.places li').length > before, lenient);
  await takeScreens(page, '07-check');
  const finding = page.locator('.places li').filter({ has: page.getByRole('button', { name: /^Show/ }) }).first();
  await finding.getByRole('button').click();
  await page.waitForURL(/\?at=/);
  const field = page.locator('textarea:focus');
  await field.waitFor();
  // The field nearest to the place: an icon in front of an address leads to the address.
  const [wantedPage, wanted] = new URL(page.url()).searchParams.get('at').split(':').map(Number);
  const [shownPage, shown] = (await field.getAttribute('data-source')).split(':').map(Number);
  assert.equal(shownPage, wantedPage);
  assert.ok(Math.abs(shown - wanted) < 20, `${shown} for ${wanted}`);
  await page.locator('.mark-box.active').waitFor();
});

test('the roles that fit come with reasons, and follow the blend', async () => {
  await tab('Roles');
  const roles = page.locator('.role');
  await roles.first().waitFor();
  assert.ok((await roles.count()) >= 5);
  const titles = await roles.getByRole('heading', { level: 2 }).allInnerTexts();
  assert.ok(titles.slice(0, 5).some((title) => /engineer|developer/i.test(title)), titles.join(', '));
  assert.ok(await roles.first().locator('.chip').count(), 'shared skills');
  assert.ok(await page.locator('.role-why q').count(), 'sentences of the person');
  const scores = (await page.locator('.role .score').allInnerTexts()).map(Number);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  await takeScreens(page, '08-roles');
  const meters = await page.locator('.role .score').allInnerTexts();
  // The arrow keys walk through the carousel; the reasons follow.
  await roles.first().getByRole('button', { pressed: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('.role-why').getByRole('heading', { name: titles[1], exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), titles[1]);
  await page.keyboard.press('End');
  await page.locator('.role-why').getByRole('heading', { name: titles.at(-1), exact: true }).waitFor();
  await roles.last().waitFor();
  assert.ok(await page.getByRole('button', { name: 'Next role' }).isDisabled());
  await page.keyboard.press('Home');
  await page.getByRole('slider').fill('0');
  await page.waitForFunction((old) => [...document.querySelectorAll('.role .score')].map((e) => e.textContent).join() !== old, meters.join());
});

const score = async () => Number((await page.locator('.match-now').innerText()).match(/\d+/)[0]);

test('a pasted job gives suggestions with reason, evidence and gain; each can be refused', async () => {
  await tab('Tailor');
  await page.getByRole('textbox', { name: /job/i }).fill(JOB);
  await takeScreens(page, '09-paste');
  await page.getByRole('button', { name: 'Tailor my résumé' }).click();
  await page.waitForURL(/\/tailor\/[^/]+$/);
  const suggestions = page.locator('.suggestions > li').filter({ has: page.getByRole('checkbox') });
  await suggestions.first().waitFor();
  assert.ok((await suggestions.count()) >= 2);
  for (const one of await suggestions.all()) assert.ok((await one.locator('.reason').innerText()).length > 10);
  assert.ok(await page.locator('.suggestions .gain').count(), 'a gain is shown');
  assert.ok(await page.locator('.suggestions q').count(), 'evidence is shown');
  const tailored = page.getByRole('region', { name: 'Tailored', exact: true });
  assert.ok(await tailored.locator('ins, .moved').count(), 'changes are marked');
  await takeScreens(page, '10-tailor');
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'Résumé', exact: true }).click();
  await keepPicture(page, '10-tailor-phone-versions', { fullPage: true });
  await page.getByRole('button', { name: 'Suggestions', exact: true }).click();
  await page.setViewportSize(DESKTOP);

  // Pointing at a suggestion lights up what it changes; this is the picture in README.
  await suggestions.first().hover();
  await page.locator('.block.lit').first().waitFor();
  await keepPicture(page, 'tailor');
  await page.mouse.move(0, 0);

  const all = await score();
  const was = await tailored.innerText();
  const checked = page.getByRole('checkbox', { checked: true });
  const taken = await checked.count();
  await checked.first().uncheck();
  await page.waitForFunction((text) => document.querySelector('.side[aria-label=Tailored]').innerText !== text, was);
  assert.equal(await checked.count(), taken - 1);
  await page.getByRole('button', { name: 'None' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.side ins, .side .moved').length === 0);
  assert.ok((await score()) <= all);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction((text) => document.querySelector('.side[aria-label=Tailored]').innerText === text, was);
  assert.equal(await score(), all);
});

test('suggestions are answered by key and in their line, and an earlier choice comes back', async () => {
  const boxes = page.locator('.suggestions').first().getByRole('checkbox');
  const all = await page.getByRole('checkbox', { checked: true }).count();
  // Each choice is answered before the next one, as nobody types within a few milliseconds.
  const answered = async (key) => {
    const answer = page.waitForResponse((r) => r.request().method() === 'PATCH' && r.url().includes('/tailorings/'));
    await page.keyboard.press(key);
    await (await answer).finished();
    await page.waitForTimeout(200);
  };
  await boxes.first().focus();
  await answered('r');
  await page.waitForFunction((n) => document.querySelectorAll('.suggestions input:checked').length === n, all - 1);
  assert.ok(!(await boxes.first().isChecked()));
  await page.keyboard.press('ArrowUp');
  await answered('a');
  await page.waitForFunction((n) => document.querySelectorAll('.suggestions input:checked').length === n, all);
  // In the line that it changes.
  const note = page.locator('.note.taken').first();
  await note.getByRole('button', { name: /^Refuse: / }).click();
  await page.waitForFunction((n) => document.querySelectorAll('.suggestions input:checked').length === n, all - 1);
  await page.getByRole('tab', { name: 'History' }).click();
  const past = page.locator('.history > li');
  assert.ok((await past.count()) >= 3, `${await past.count()} choices`);
  await past.filter({ hasText: `${all} of` }).first().getByRole('button', { name: 'Compare' }).click();
  await past.locator('.sides').waitFor();
  await takeScreens(page, '11-history');
  await past.filter({ hasText: `${all} of` }).first().getByRole('button', { name: 'Restore' }).click();
  await page.waitForFunction((n) => document.querySelectorAll('.suggestions input:checked').length === n, all);
  await page.reload();
  await page.getByRole('tab', { name: 'History' }).click();
  assert.ok((await past.count()) >= 3, 'it is there after a reload');
  await page.getByRole('tab', { name: 'Compare' }).click();
});

test('the tailored résumé downloads in every format, with every line', async () => {
  const blocks = await page.locator('.side[aria-label=Tailored] .block.bullet').evaluateAll((all) => all.map((block) => [...block.childNodes].filter((n) => n.className !== 'moved-mark').map((n) => n.textContent).join('')));
  assert.ok(blocks.length > 8);
  await page.getByRole('tab', { name: 'Download' }).click();
  const sheet = page.getByAltText(/Page 1 of \d/);
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await sheet.elementHandle());
  // Every template shows the person's own first page; the chosen one is the one on the sheet.
  const templates = page.getByRole('group', { name: 'Template' }).locator('label');
  assert.ok((await templates.count()) >= 10);
  const pictures = [];
  for (const template of [templates.first(), templates.nth(2)]) {
    const picture = template.locator('img');
    await picture.waitFor();
    await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await picture.elementHandle());
    pictures.push(await picture.getAttribute('src'));
  }
  assert.notEqual(pictures[0], pictures[1]);
  const usual = await templates.getByRole('radio', { checked: true }).getAttribute('value');
  await templates.nth(2).getByRole('radio').check();
  await page.waitForFunction((src) => document.querySelector('.pages .sheet').getAttribute('src') === src, pictures[1]);
  await page.locator(`.gallery input[value=${usual}]`).check();
  // On a phone the résumé is one of two halves of the screen.
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'Résumé', exact: true }).click();
  await takeScreens(page, '11-download');
  for (const [format, name] of [['pdf', 'PDF'], ['docx', 'DOCX'], ['odt', 'ODT'], ['html', 'HTML'], ['md', 'Markdown'], ['txt', 'Text'], ['json', 'JSON Resume']]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: new RegExp(`^${name}`) }).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`\\.${format}$`));
    // The server read its own file again and says how much it found.
    const receipt = page.locator('.receipt', { hasText: `${format.toUpperCase()}:` });
    await receipt.waitFor();
    const [, read, facts] = /(\d+) of (\d+) facts read back/.exec(await receipt.innerText());
    assert.ok(Number(facts) > 20 && Number(read) >= 0.9 * Number(facts), `${format}: ${read} of ${facts}`);
    if (format === 'pdf') await takeScreens(page, '12-receipt');
    const path = join(ARTIFACTS, `tailored.${format}`);
    await download.saveAs(path);
    const text = letters(textOf(format, path));
    let last = -1;
    for (const line of ['Marcus T. Whitfield', ...blocks]) {
      const at = text.indexOf(letters(line));
      assert.notEqual(at, -1, `${format} holds “${line}”`);
      assert.ok(at > last, `${format} holds “${line}” where the page shows it`);
      last = at;
    }
    assert.ok(text.includes(letters('marcus.whitfield@example.com')), `${format} holds the address`);
  }
});

test('nobody else sees the workspace', async () => {
  const id = /resumes\/([^/]+)/.exec(page.url())[1];
  assert.equal((await fetch(`${server.url}/api/v1/resumes/${id}`)).ok, false);
});

test('a second start is quick and finds everything', async (t) => {
  const { host } = new URL(server.url);
  await server.stop();
  await server.start(host);
  t.diagnostic(`the address was printed after ${Math.round(server.startMs)} ms`);
  // One second is the promise of the optimised binary on a quiet machine; tests run an unoptimised one on a busy machine.
  assert.ok(server.startMs < 5000, `${server.startMs} ms`);
  await page.goto(server.url);
  await page.getByRole('link', { name: /Marcus T. Whitfield/ }).waitFor();
});

test('the page complained about nothing on the way', () => assert.deepEqual(browser.complaints, []));
