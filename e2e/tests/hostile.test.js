// A résumé that tries to run a script: in every view it stays text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dropFile, openBrowser } from '../lib/browser.js';
import { newServer } from '../lib/server.js';

const EVIL = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
const RESUME = {
  basics: { name: `Ada ${EVIL}`, label: `Welder ${EVIL}`, email: 'ada@example.com', url: 'javascript:window.hit=1', summary: `I weld. ${EVIL}`, location: { city: EVIL } },
  work: [{ name: `Yard ${EVIL}`, position: `Welder ${EVIL}`, startDate: '2020-01', highlights: [`Welded 40 hulls with SQL ${EVIL}`, `Trained two apprentices in Python ${EVIL}`] }],
  skills: [{ name: EVIL, keywords: ['SQL', 'Python', EVIL] }],
};
const JOB = `Welder ${EVIL}\nRequirements\n- Experience with SQL and Python ${EVIL}\n- Trained apprentices`;

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

test('nothing in a résumé, a job or a file name runs', async () => {
  await page.goto(server.url);
  await page.locator('.drop').waitFor();
  const name = '<img src=x onerror=window.hit=1>.json';
  await dropFile(page, '.drop', { name, type: 'application/json', bytes: Buffer.from(JSON.stringify(RESUME)) });
  await page.waitForURL(/\/resumes\/[^/]+$/);
  const address = page.url();
  await page.getByRole('region', { name: 'Contact' }).waitFor();
  // The name comes with the list of résumés, which is asked for apart from the résumé.
  await page.getByRole('heading', { level: 1, name: /^Ada </ }).waitFor();
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /^Ada </);
  for (const view of ['check', 'roles', 'export']) {
    await page.goto(`${address}/${view}`);
    await page.locator({ check: '.audit-total', roles: '.role', export: '.pages .sheet' }[view]).first().waitFor();
  }
  await page.goto(`${address}/tailor`);
  await page.getByRole('textbox', { name: /job/i }).fill(JOB);
  await page.getByRole('button', { name: 'Tailor my résumé' }).click();
  const side = page.getByRole('region', { name: 'Tailored', exact: true });
  await side.waitFor();
  assert.ok((await side.innerText()).includes('onerror'), 'the text is shown as text');
  await page.goto(server.url);
  await page.getByRole('link', { name: /Ada/ }).waitFor();
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.deepEqual(await page.locator('a[href^="javascript:"]').count(), 0);
  assert.deepEqual(browser.complaints, []);
});
