// A team of four in four browsers: the owner invites, the editor edits, the commenter comments, the viewer reads, and who is
// taken out is out at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { PDF, ask, begin } from '../lib/guest.js';

const PASSWORD = 'correct horse battery';

let journey;
let page;
let team;
let resume;
const others = {};

/** Makes an account through the API, in the browser of a page. */
async function signUp(where, email) {
  await ask(where, '/workspaces', { method: 'POST' });
  const { terms } = await ask(where, '/auth');
  await ask(where, '/auth/sign-up', { method: 'POST', body: { email, password: PASSWORD, consent: terms } });
}

before(async () => {
  journey = await begin({ roles: false });
  page = journey.page;
  await signUp(page, 'ada@example.org');
});
after(async () => {
  for (const { close } of Object.values(others)) await close();
  await journey?.end();
});

/** The owner makes an invitation on the page; gives its link. */
async function invite(role, email) {
  const card = page.getByRole('region', { name: 'Invite somebody' });
  await card.getByLabel('Role').selectOption(role);
  await card.getByLabel(/^For whom/).fill(email);
  await card.getByRole('button', { name: 'Make an invitation' }).click();
  await card.getByRole('listitem').filter({ hasText: email }).waitFor();
  return card.getByLabel('Link of the invitation').inputValue();
}

test('a team is made in the settings, by keyboard', async () => {
  await page.goto(`${journey.server.url}/settings`);
  const card = page.getByRole('region', { name: 'Teams' });
  await card.getByRole('button', { name: 'Make a team' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of the team').focus();
  await page.keyboard.type('Lanterns & Co');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/t\/[^/]+\/team$/);
  team = /\/t\/([^/]+)\//.exec(page.url())[1];
  await page.getByRole('heading', { level: 1, name: 'Lanterns & Co' }).waitFor();
  // The only owner stays.
  assert.ok(await page.getByRole('button', { name: 'Leave the team' }).isDisabled());
  assert.ok(await page.getByLabel('Role of ada').isDisabled());
});

test('somebody without an account signs up on the invitation and joins', async () => {
  const link = await invite('editor', 'bea@example.org');
  assert.match(link, /\/invitation#[\w-]{40,}$/);
  await takeScreens(page, 'team');
  const bea = (others.editor = await openBrowser());
  await bea.page.goto(link);
  await bea.page.getByRole('heading', { name: 'You are invited into the team “Lanterns & Co”' }).waitFor();
  await takeScreens(bea.page, 'invitation');
  await bea.page.getByLabel('E-mail address').fill('bea@example.org');
  await bea.page.getByLabel(/^Password/).fill(PASSWORD);
  await bea.page.getByRole('checkbox').check();
  await bea.page.getByRole('button', { name: 'Make an account' }).click();
  await bea.page.getByLabel(/^Your name in the team/).fill('Bea');
  await takeScreens(bea.page, 'invitation-accept');
  await bea.page.getByRole('button', { name: 'Join the team' }).click();
  await bea.page.waitForURL(`${journey.server.url}/t/${team}/`);
  for (const role of ['commenter', 'viewer']) {
    const there = (others[role] = await openBrowser());
    const address = await invite(role, `${role}@example.org`);
    await there.page.goto(journey.server.url);
    await there.page.locator('.drop').waitFor();
    await signUp(there.page, `${role}@example.org`);
    await there.page.goto(address);
    await there.page.getByLabel(/^Your name in the team/).fill(role === 'viewer' ? 'Vic' : 'Cleo');
    await there.page.getByRole('button', { name: 'Join the team' }).click();
    await there.page.waitForURL(`${journey.server.url}/t/${team}/`);
  }
  // A link is good once.
  const again = await ask(bea.page, '/invitations/show', { method: 'POST', body: { token: link.split('#')[1] } });
  assert.equal(again.status, 404);
  await page.reload();
  await page.getByLabel('Role of Cleo').waitFor();
  assert.equal(await page.getByLabel('Role of Vic').inputValue(), 'viewer');
});

test('the editor brings a résumé and edits it; the others see it, and nobody elsewhere', async () => {
  const { page: bea } = others.editor;
  await bea.locator('.drop').waitFor();
  await bea.locator('input[type=file]').setInputFiles(PDF);
  await bea.waitForURL(/\/t\/[^/]+\/resumes\/[^/]+$/);
  resume = bea.url().split('/').at(-1);
  await bea.getByRole('region', { name: 'Contact' }).waitFor();
  await bea.locator('.original img').first().waitFor();
  assert.ok(await bea.locator('.original img').first().evaluate(async (image) => (await image.decode(), image.naturalWidth > 100)), 'images know their team');
  const headline = bea.getByRole('textbox', { name: 'Headline' });
  await headline.fill('Keeper of lanterns');
  await headline.press('Enter');
  await bea.getByText('Every change is saved.').waitFor();
  assert.deepEqual(await ask(bea, '/resumes'), [], 'it is not in her own workspace');
  await page.goto(`${journey.server.url}/t/${team}/`);
  await page.getByText('Keeper of lanterns').first().waitFor();
  await page.goto(journey.server.url);
  await page.locator('.drop').waitFor();
  assert.equal(await page.getByText('Keeper of lanterns').count(), 0);
});

test('the workspace is switched by keyboard', async () => {
  const menu = page.locator('.team-switcher');
  await menu.locator('summary').focus();
  await page.keyboard.press('Enter');
  await menu.getByRole('link', { name: /Lanterns & Co/ }).waitFor();
  await takeScreens(page, 'team-switcher');
  await page.keyboard.press('Escape');
  assert.equal(await menu.getByRole('link').count(), 0);
  await page.keyboard.press('Enter');
  await menu.getByRole('link', { name: /Lanterns & Co/ }).press('Enter');
  await page.waitForURL(`${journey.server.url}/t/${team}/`);
});

test('the commenter comments and edits nothing', async () => {
  const { page: cleo } = others.commenter;
  await cleo.goto(`${journey.server.url}/t/${team}/resumes/${resume}`);
  await cleo.getByRole('note').getByText(/You can read everything in “Lanterns & Co”/).waitFor();
  const headline = cleo.getByRole('textbox', { name: 'Headline' });
  await headline.waitFor();
  assert.equal(await headline.getAttribute('readonly'), '');
  assert.equal(await cleo.getByRole('link', { name: 'Form' }).count(), 0);
  const panel = cleo.locator('details.comments');
  await panel.locator('summary').first().click();
  await panel.getByLabel('A comment, for the team').fill('Which lanterns?');
  await panel.getByRole('button', { name: 'Add' }).click();
  await panel.getByRole('listitem').filter({ hasText: 'Which lanterns?' }).waitFor();
  assert.equal(await panel.getByRole('button', { name: /^Settled/ }).count(), 0);
  await takeScreens(cleo, 'team-commenter');
  // The editor reads who said it, and settles it.
  const { page: bea } = others.editor;
  await bea.reload();
  const seen = bea.locator('details.comments');
  await seen.getByText('1 open').waitFor();
  await seen.locator('summary').first().click();
  const said = seen.getByRole('listitem').filter({ hasText: 'Which lanterns?' });
  assert.match(await said.innerText(), /^Cleo/);
  await said.getByRole('button', { name: /^Settled/ }).click();
  await seen.getByText('1 settled comment').waitFor();
});

test('the viewer reads every screen and changes nothing on any', async () => {
  const { page: vic } = others.viewer;
  const at = `${journey.server.url}/t/${team}`;
  await vic.goto(at);
  await vic.getByText('Keeper of lanterns').first().waitFor();
  assert.ok(!(await vic.locator('.drop').isVisible()), 'nothing to drop a file on');
  await takeScreens(vic, 'team-viewer');
  const screens = [
    ['/resumes/$/check', 'Layout'],
    ['/resumes/$/tailor', 'Paste'],
    ['/resumes/$/letters', null],
    ['/resumes/$/interviews', null],
    ['/resumes/$/export', 'Download'],
    ['/applications', null],
    ['/templates', null],
    ['/numbers', null],
    ['/resumes/$', 'Contact'],
  ];
  for (const [path] of screens) {
    await vic.goto(`${at}${path.replace('$', resume)}`);
    await vic.getByRole('note').waitFor();
    await vic.locator('main h1, main h2').first().waitFor();
    await vic.waitForLoadState('networkidle');
    // What could change something is not there, or out of use.
    const left = await vic.locator('main').evaluate((main) =>
      [...main.querySelectorAll('button, input, select, textarea')]
        .filter((one) => !one.matches(':disabled, [readonly]') && one.checkVisibility())
        .map((one) => (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent ?? '').trim()),
    );
    const changes = left.filter((name) => /delete|remove|add|save|fix|import|copy|tailor to|write|prepare|make a link|upload/i.test(name) && !/^(copy|as plain)/i.test(name));
    assert.deepEqual(changes, [], path);
    assert.equal(await vic.getByRole('alert').count(), 0, `${path}: nothing was refused on the way`);
  }
  await vic.goto(`${at}/resumes/${resume}/build`);
  await vic.getByText('Your role here is “viewer”').waitFor();
  // The server says the same as the page.
  const refused = await vic.evaluate(
    async ({ team, resume }) => {
      const answer = await fetch(`/api/v1/resumes/${resume}/comments`, { method: 'POST', headers: { 'Bespoke-Team': team, 'content-type': 'application/json' }, body: '{"body":"x"}' });
      return [answer.status, (await answer.json()).code];
    },
    { team, resume },
  );
  assert.deepEqual(refused, [403, 'not-allowed']);
});

test('a member who is taken out is out within a second, also on an open page', async (t) => {
  const { page: vic } = others.viewer;
  await vic.goto(`${journey.server.url}/t/${team}/resumes/${resume}`);
  await vic.getByRole('region', { name: 'Contact' }).waitFor();
  await vic.waitForLoadState('networkidle');
  await page.goto(`${journey.server.url}/t/${team}/team`);
  await page.getByRole('button', { name: 'Take out: Vic' }).click();
  const began = Date.now();
  await page.getByRole('button', { name: 'Take out: Vic' }).click();
  await vic.getByRole('alert').getByText('You are not in this team').waitFor();
  const took = Date.now() - began;
  t.diagnostic(`out after ${took} ms`);
  assert.ok(took < 1000, `${took} ms`);
  assert.equal(await vic.getByText('Keeper of lanterns').count(), 0);
  await takeScreens(vic, 'team-out');
  await page.getByText('Vic is out.').waitFor();
});

test('another role holds at once, and whoever wants to leaves', async () => {
  await page.getByLabel('Role of Cleo').selectOption('editor');
  await page.getByText('Cleo: editor from now on.').waitFor();
  const { page: cleo } = others.commenter;
  await cleo.goto(`${journey.server.url}/t/${team}/team`);
  await cleo.getByRole('button', { name: 'Leave the team' }).click();
  await cleo.getByRole('dialog').getByRole('button', { name: 'Leave the team' }).click();
  await cleo.waitForURL(`${journey.server.url}/`);
  assert.deepEqual(await ask(cleo, '/teams'), []);
});

test('the team is deleted by its name, for everybody', async () => {
  await page.reload();
  await page.getByRole('button', { name: 'Delete the team' }).click();
  const dialog = page.getByRole('dialog');
  const sure = dialog.getByRole('button', { name: 'Delete the team for good' });
  await dialog.getByLabel(/^Type the name/).fill('Lanterns');
  assert.ok(await sure.isDisabled());
  await dialog.getByLabel(/^Type the name/).fill('Lanterns & Co');
  await sure.click();
  await page.waitForURL(`${journey.server.url}/`);
  const { page: bea } = others.editor;
  await bea.goto(`${journey.server.url}/t/${team}/`);
  await bea.getByText('You are not in this team').waitFor();
});

test('the pages complained about nothing on the way', () => {
  for (const { complaints } of [journey.browser, ...Object.values(others)]) assert.deepEqual(complaints, []);
});
