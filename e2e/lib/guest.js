// What every journey begins with: a server, a browser, and a résumé that is read.
import { readFileSync } from 'node:fs';
import { openBrowser } from './browser.js';
import { fixture, freePort, newServer } from './server.js';

export const PDF = fixture('resumes/two-page.pdf');

/**
 * A server of its own and a browser on its first page; `roles: false` where no role is asked for. `config` is its file, given
 * the address where people reach it: `http://localhost:…`, the only one without a certificate that has passkeys; `port` where it
 * must be known before; `boards` as of `newServer`.
 */
export async function begin({ roles = true, config, port, boards } = {}) {
  if (config) port ??= await freePort();
  const place = config && `http://localhost:${port}`;
  const server = await newServer({ boards, config: config?.(place) });
  await server.start(port && `127.0.0.1:${port}`, { ready: roles });
  server.url = place ?? server.url;
  const browser = await openBrowser();
  const { page } = browser;
  await page.goto(server.url);
  await page.locator('.drop').waitFor();
  return {
    server,
    browser,
    page,
    async end() {
      await browser.close();
      await server.remove();
    },
  };
}

/** Brings a file through the API, in the workspace of the page, and waits until all of it is known; gives its id. */
export async function bring(page, name = 'two-page.pdf', bytes = readFileSync(PDF)) {
  return page.evaluate(
    async ({ name, base64 }) => {
      const form = new FormData();
      form.append('file', new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name), name);
      const { id } = await (await fetch('/api/v1/resumes', { method: 'POST', body: form })).json();
      for (let tries = 0; tries < 600; tries++) {
        const { status } = await (await fetch(`/api/v1/resumes/${id}`)).json();
        if (status !== 'reading') return id;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`${name} is still being read`);
    },
    { name, base64: bytes.toString('base64') },
  );
}

/** An answer of the API in the workspace of the page. */
export const ask = (page, address, options = {}) =>
  page.evaluate(
    async ({ address, method, body }) => {
      const answer = await fetch(`/api/v1${address}`, { method, ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
      return answer.status === 204 ? null : answer.json();
    },
    { address, method: options.method ?? 'GET', body: options.body },
  );
