// Certificates that the server gets by itself, from a real authority (Pebble, the test server of Let's Encrypt): proved on
// the port that is served, kept over a restart, ordered anew for other names.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { freePort, newServer } from '../lib/server.js';

const NAMES = ['cv.example.org', 'www.example.org'];
const LONGEST_MS = 60_000;
/** Older releases have no such authority to install. */
const skip = spawnSync('pebble', ['-help']).error ? 'there is no pebble here' : false;

const started = [];
let folder;
let port;
let config;
let root;
let server;

/** A program that ends with this test. */
function start(program, args, env) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  child.once('error', (error) => assert.fail(`${program}: ${error.message}; scripts/setup.sh test installs it`));
  started.push(child);
}

const read = (url) =>
  new Promise((done, failed) => {
    get(url, { rejectUnauthorized: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => done(text));
    }).on('error', failed);
  });

async function until(what, found) {
  const end = Date.now() + LONGEST_MS;
  for (;;) {
    const value = await found().catch(() => undefined);
    if (value) return value;
    if (Date.now() > end) assert.fail(`no ${what} in time`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** The certificate that the server shows, checked against the authority unless `anyones`. */
const shown = ({ anyones = false } = {}) =>
  new Promise((done, failed) => {
    const socket = connect({ host: '127.0.0.1', port, servername: NAMES[0], ca: root, rejectUnauthorized: !anyones, ALPNProtocols: ['h2'] }, () => {
      done(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', failed);
  });

const configuration = (names) =>
  `public_url = "https://${NAMES[0]}:${port}"\n\n[acme]\ndomains = ${JSON.stringify(names)}\nemail = "ada@example.org"\ndirectory = "https://localhost:${config.acme}/dir"\nca_file = "${join(folder, 'ca.pem')}"\n`;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'bespoke-acme-'));
  port = await freePort();
  config = { acme: await freePort(), manage: await freePort(), dns: await freePort(), names: await freePort() };
  const file = (name) => join(folder, name);
  const certificate = (name, more) => execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), ...more], { stdio: 'pipe' });
  certificate('ca', []);
  certificate('localhost', ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE']);
  const pebble = { listenAddress: `127.0.0.1:${config.acme}`, managementListenAddress: `127.0.0.1:${config.manage}`, certificate: file('localhost.pem'), privateKey: file('localhost.key'), httpPort: 1, tlsPort: port, ocspResponderURL: '', externalAccountBindingRequired: false };
  writeFileSync(file('pebble.json'), JSON.stringify({ pebble }));
  // Every name leads to this machine.
  start('pebble-challtestsrv', ['-dns01', `127.0.0.1:${config.dns}`, '-management', `127.0.0.1:${config.names}`, '-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-http01', '', '-https01', '', '-tlsalpn01', '']);
  start('pebble', ['-config', file('pebble.json'), '-dnsserver', `127.0.0.1:${config.dns}`], { PEBBLE_VA_NOSLEEP: '1' });
  root = await until('authority', () => read(`https://127.0.0.1:${config.manage}/roots/0`));
  server = await newServer({ config: configuration(NAMES) });
  await server.start(`127.0.0.1:${port}`, { ready: false });
});
after(async () => {
  await server?.remove();
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const health = () => execFileSync(process.env.BESPOKE_BIN, ['health', '--addr', `127.0.0.1:${port}`, '--data', join(server.folder, 'data'), '--config', join(server.folder, 'config.toml')], { stdio: 'pipe' });

let first;

test('a certificate for all names is there by itself, and nobody else reads its key', { skip }, async () => {
  assert.ok(await shown({ anyones: true }), 'https from the first moment on');
  first = await until('certificate', shown);
  assert.match(first.issuer.CN, /Pebble/);
  assert.deepEqual(first.subjectaltname.split(', ').sort(), NAMES.map((name) => `DNS:${name}`).sort());
  const kept = join(server.folder, 'data', 'acme');
  assert.equal(statSync(kept).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(kept).sort(), ['account.json', 'certificate.pem']);
  for (const name of readdirSync(kept)) assert.equal(statSync(join(kept, name)).mode & 0o777, 0o600, name);
  await until('health', async () => health() || true);
});

test('it is kept over a restart', { skip }, async () => {
  await server.stop();
  await server.start(`127.0.0.1:${port}`, { ready: false });
  assert.equal((await shown()).serialNumber, first.serialNumber);
});

test('other names need another one, from the same account', { skip }, async () => {
  await server.stop();
  const more = [...NAMES, 'jobs.example.org'];
  writeFileSync(join(server.folder, 'config.toml'), configuration(more));
  await server.start(`127.0.0.1:${port}`, { ready: false });
  const next = await until('certificate', async () => {
    const now = await shown();
    return now.serialNumber === first.serialNumber ? undefined : now;
  });
  assert.equal(next.subjectaltname.split(', ').length, 3);
});
