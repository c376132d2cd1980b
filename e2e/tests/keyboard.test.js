// The whole way by keyboard alone, with the samples: nobody needs a mouse, or a résumé at hand, to see it work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, takeScreens } from '../lib/browser.js';
import { newServer } from '../lib/server.js';

const server = await newServer();
let browser;
let page;

before(async () => {
  await server.start();
  browser = await openBrowser();
  page = browser.page;
});

after(async () => {
  await browser?.close();
  await server.remove();
});

const MOST_STEPS = 150;

/** Presses Tab until the focus is on what is called `name`; fails where it cannot be reached or is not seen. */
async function tabTo(name) {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      const said = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { said: said.trim(), ring: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 };
    });
    if (name.test(found.said)) {
      assert.ok(found.ring, `the focus on “${found.said}” is seen`);
      return;
    }
  }
  assert.fail(`${name} cannot be reached by keyboard`);
}

test('from the sample to a download without a mouse', async () => {
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Try it with a sample' }).waitFor();
  await tabTo(/^Try it with a sample$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/resumes\/[^/]+$/);
  await page.getByRole('region', { name: 'Contact' }).waitFor();

  // A field shows its place while the focus is on it, Escape takes back what was typed, Enter keeps it.
  await tabTo(/^Headline$/);
  await page.locator('.mark-box.active').waitFor();
  const headline = page.getByRole('textbox', { name: 'Headline' });
  const was = await headline.inputValue();
  await page.keyboard.type('wrong');
  await page.keyboard.press('Escape');
  assert.equal(await headline.inputValue(), was);

  // A bullet moves by Alt and an arrow; what was typed moves with it, the focus stays, and all is saved.
  const bullets = page.getByRole('region', { name: 'Work' }).getByRole('article').first().getByRole('textbox', { name: /^Bullet \d/ });
  const texts = () => bullets.evaluateAll((all) => all.map((field) => field.value));
  const first = await texts();
  assert.ok(first.length >= 2);
  await tabTo(/^Bullet 1 of /);
  await page.getByText('moves this bullet').first().waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' every day');
  await page.keyboard.press('Alt+ArrowDown');
  const typed = `${first[0]} every day`;
  const moved = [first[1], typed, ...first.slice(2)];
  assert.deepEqual(await texts(), moved);
  assert.equal(await page.evaluate(() => document.activeElement.value), typed);
  await page.keyboard.press('Alt+ArrowUp');
  assert.deepEqual(await texts(), [typed, ...first.slice(1)]);
  await page.keyboard.press('Alt+ArrowUp');
  assert.deepEqual(await texts(), [typed, ...first.slice(1)], 'the first stays the first');
  await page.keyboard.press('Alt+ArrowDown');
  assert.equal(await page.getByText(/^Moved to place/).count(), 1, 'one message for many moves');
  await takeScreens(page, 'bullet-moved');
  await page.getByText('Every change is saved.').waitFor();
  await page.reload();
  await bullets.first().waitFor();
  assert.deepEqual(await texts(), moved);
  await bullets.nth(1).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByText('Moved to place 1 of').waitFor();
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await texts(), moved);

  await page.getByRole('link', { name: 'Bespoke' }).focus();
  await tabTo(/^Tailor$/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Try it with a sample job' }).waitFor();
  await tabTo(/^Try it with a sample job$/);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('textarea').value.length > 100);
  await page.locator('textarea').focus();
  await tabTo(/^Tailor my résumé$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tailor\/[^/]+$/);

  const boxes = page.locator('.suggestions').first().getByRole('checkbox');
  await boxes.first().waitFor();
  const title = (await page.locator('.suggestion').first().innerText()).split('\n')[0];
  await tabTo(new RegExp(`^${RegExp.escape?.(title) ?? title.replace(/[^\p{L}\p{N} ]/gu, '.')}`, 'u'));
  await page.locator('.block.lit').first().waitFor();
  await page.keyboard.press('Space');
  await page.locator('.suggestions > li.refused').first().waitFor();

  await tabTo(/^Compare$/);
  await page.keyboard.press('ArrowRight');
  await page.getByAltText(/Page 1 of \d/).waitFor();
  await tabTo(/^PDF/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
});

test('a lost network is said, and said no longer when it is back', async () => {
  const notice = page.getByText(/^You are offline/);
  await browser.context.setOffline(true);
  await notice.waitFor();
  await takeScreens(page, 'offline');
  await browser.context.setOffline(false);
  await notice.waitFor({ state: 'detached' });
});

test('the page complained about nothing on the way', () => assert.deepEqual(browser.complaints, []));
