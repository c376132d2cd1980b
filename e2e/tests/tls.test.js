// https by the server itself: HTTP/2, a new certificate without a restart, and an orderly end.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { freePort, newServer } from '../lib/server.js';

let server;
let port;
let files;

function makeCertificate(name) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost', '-keyout', files.key, '-out', files.cert], { stdio: 'pipe' });
}

before(async () => {
  port = await freePort();
  server = await newServer({ env: { BESPOKE_PUBLIC_URL: `https://localhost:${port}`, BESPOKE_LOG: 'info' } });
  files = { cert: join(server.folder, 'cert.pem'), key: join(server.folder, 'key.pem') };
  makeCertificate('first');
  process.env.BESPOKE_TLS_CERT = files.cert;
  process.env.BESPOKE_TLS_KEY = files.key;
  await server.start(`127.0.0.1:${port}`, { ready: false });
});
after(async () => {
  delete process.env.BESPOKE_TLS_CERT;
  delete process.env.BESPOKE_TLS_KEY;
  await server?.remove();
});

const session = () => {
  const opened = connect(`https://localhost:${port}`, { ca: readFileSync(files.cert), lookup: (_, options, done) => (options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) });
  opened.on('error', () => undefined);
  return opened;
};

function ask(client, headers) {
  return new Promise((done, failed) => {
    const request = client.request(headers);
    let [answer, body] = [null, ''];
    request.on('response', (head) => (answer = head));
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => done({ ...answer, body }));
    request.on('error', failed);
    request.end();
  });
}

/** The name on the certificate that the server shows now. */
const shown = () =>
  new Promise((done, failed) => {
    const socket = connectTls({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false, ALPNProtocols: ['h2'] }, () => {
      done([socket.getPeerCertificate().subject.CN, socket.alpnProtocol]);
      socket.destroy();
    });
    socket.on('error', failed);
  });

test('the address says https, and HTTP/2 is spoken', async () => {
  assert.match(server.url, /^https:/);
  assert.deepEqual(await shown(), ['first', 'h2']);
  const client = session();
  const live = await ask(client, { ':path': '/health/live' });
  assert.equal(live[':status'], 200);
  assert.match(live['strict-transport-security'], /max-age=\d+/);
  // A page of this site may write over HTTP/2, which has no Host header; one of another site may not.
  const made = await ask(client, { ':path': '/api/v1/workspaces', ':method': 'POST', origin: `https://localhost:${port}` });
  assert.equal(made[':status'], 201);
  assert.match(String(made['set-cookie']), /Secure/);
  const foreign = await ask(client, { ':path': '/api/v1/workspaces', ':method': 'POST', origin: 'https://evil.example.com' });
  assert.equal(foreign[':status'], 403);
  client.close();
});

test('the health check of a container knows the certificate', () => {
  const asked = () => execFileSync(resolve(import.meta.dirname, '../..', process.env.BESPOKE_BIN), ['health', '--addr', `127.0.0.1:${port}`], { stdio: 'pipe' });
  let refusal = '';
  try {
    asked();
  } catch (error) {
    refusal = String(error.stderr);
  }
  // Roles may still be on their way: what counts is that the server answered.
  assert.ok(refusal === '' || /not ready/.test(refusal), refusal);
});

test('a new certificate is taken without a restart, a broken one is not', async () => {
  writeFileSync(files.cert, 'no certificate');
  server.tell('SIGHUP');
  await new Promise((done) => setTimeout(done, 300));
  assert.deepEqual(await shown(), ['first', 'h2']);
  makeCertificate('second');
  server.tell('SIGHUP');
  for (let tries = 0; tries < 50 && (await shown())[0] !== 'second'; tries++) await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(await shown(), ['second', 'h2']);
});

test('it ends in order while a connection is open', async () => {
  const client = session();
  assert.equal((await ask(client, { ':path': '/health/live' }))[':status'], 200);
  const began = Date.now();
  await server.stop();
  assert.ok(Date.now() - began < 9000, 'not by force');
  client.destroy();
});
