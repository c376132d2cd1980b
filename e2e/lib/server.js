// Starts the real server with a folder of its own, and stops it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { once } from 'node:events';
import { createServer } from 'node:net';

const ROOT = resolve(import.meta.dirname, '../..');
const BIN = process.env.BESPOKE_BIN;
const LONGEST_START_MS = 60_000;
const LONGEST_STOP_MS = 10_000;

/** Asks `address` until it answers with success. */
async function untilOk(address) {
  const end = Date.now() + LONGEST_START_MS;
  while (Date.now() < end) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${address} did not become ready`);
}

/** A port that is free now: for what must know its address before it starts. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * A folder for one run; `start` may be called again after `stop` with the same data. `boards` is the address of a server that
 * takes the place of all job boards: then it is a program of the tests that runs (crates/bespoke-server/examples), since the
 * product reaches no address of this machine.
 */
export async function newServer({ boards, config, env } = {}) {
  if (!BIN) throw new Error('BESPOKE_BIN must name the binary to test: run `make test`');
  const folder = await mkdtemp(join(tmpdir(), 'bespoke-e2e-'));
  // The master key is made beside the data.
  const data = join(folder, 'data');
  const more = [];
  if (config) {
    more.push('--config', join(folder, 'config.toml'));
    await writeFile(more[1], config);
  }
  let child;
  const server = {
    url: '',
    folder,
    /** Milliseconds from the start of the process to the printed address. */
    startMs: 0,
    /** `ready: false` does not wait for the roles, which take longest to be there. */
    async start(addr = '127.0.0.1:0', { ready = true } = {}) {
      const began = performance.now();
      const [program, args] = boards ? [join(dirname(resolve(ROOT, BIN)), 'examples/serve_beside_boards'), [data, boards]] : [resolve(ROOT, BIN), ['serve', '--addr', addr, '--data', data, ...more]];
      child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, BESPOKE_LOG: 'warn', ...env } });
      let said = '';
      let complaints = '';
      child.stderr.on('data', (chunk) => (complaints += chunk));
      server.url = await new Promise((found, failed) => {
        child.stdout.on('data', (chunk) => {
          said += chunk;
          const address = /https?:\/\/[\d.]+:\d+/.exec(said);
          if (address) found(address[0]);
        });
        child.once('exit', (code) => failed(new Error(`the server ended with ${code}: ${complaints}`)));
      });
      server.startMs = performance.now() - began;
      // Whoever gives it a certificate asks it by itself.
      if (server.url.startsWith('http:')) await untilOk(`${server.url}/health/${ready ? 'ready' : 'live'}`);
    },
    /** Sends a signal. */
    tell: (signal) => child.kill(signal),
    async stop() {
      if (!child || child.exitCode !== null) return;
      // One that is still working out the roles ends when they are there: that is not waited for.
      const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP_MS);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(late);
    },
    async remove() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return server;
}

export const fixture = (path) => join(ROOT, 'fixtures', path);
