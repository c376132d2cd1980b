// Traces: a collector of ours is told what was asked for, and no word of a person.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { newServer } from '../lib/server.js';

test('spans reach the collector without a word of a person', async () => {
  const got = [];
  const collector = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      got.push({ path: request.url, kind: request.headers['content-type'], body: Buffer.concat(parts).toString('latin1') });
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const server = await newServer({ env: { BESPOKE_OTLP_ENDPOINT: `http://127.0.0.1:${collector.address().port}`, BESPOKE_LOG: 'trace' } });
  try {
    await server.start(undefined, { ready: false });
    const body = JSON.stringify({ email: 'qzcanary@example.org', password: 'qzcanary password' });
    await fetch(`${server.url}/api/v1/auth/sign-in`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'user-agent': 'qzcanary' } });
    await fetch(`${server.url}/s/qzcanaryqzcanaryqzcanaryqzcanaryqzcanary?q=qzcanary`);
    await server.stop();
    const sent = got.map(({ body }) => body).join('\n');
    assert.ok(got.length > 0, 'nothing was sent');
    assert.ok(got.every(({ path, kind }) => path === '/v1/traces' && kind === 'application/x-protobuf'));
    for (const part of ['bespoke', 'POST /api/v1/auth/sign-in', 'GET /s/{', '/health/live']) assert.ok(sent.includes(part), part);
    assert.ok(!/qzcanary/i.test(sent), 'a word of a person was sent');
  } finally {
    await server.remove();
    collector.close();
  }
});
