// The reader of the page (web/built/bespoke.wasm) outside of a page, and what the server's program says of the same file.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
export const READER = join(ROOT, 'web/built/bespoke.wasm');
/** The lists of words that it judges with. */
export const WORD_LISTS = join(ROOT, 'web/built/words.bin');
/** Largest reader, gzipped. */
export const MOST_GZIPPED_BYTES = 2_500_000;
/** False where this build has none; scripts/wasm.sh has said why. */
export const hasReader = existsSync(READER);

/** What a reader answers to commands; see crates/bespoke-wasm. One that stops in the middle of a file begins anew. */
export async function newReader(path = READER) {
  const module = await WebAssembly.compile(readFileSync(path));
  // It asks nothing of its surroundings; what a library would ask for, if it were used, it does not get.
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => {
      throw new Error(`the reader asked for ${name}`);
    };
  }
  let instance = await WebAssembly.instantiate(module, imports);
  const carryOut = (command, file) => {
    const { memory, bespoke_reserve, bespoke_release, bespoke_answer } = instance.exports;
    const place = (bytes) => {
      const start = bespoke_reserve(bytes.length);
      new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
      return start;
    };
    const asked = Buffer.from(JSON.stringify(command));
    const [first, second] = [place(asked), place(file)];
    const packed = bespoke_answer(first, asked.length, second, file.length);
    const [at, length] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
    const answer = JSON.parse(Buffer.from(memory.buffer, at, length).toString('utf8'));
    for (const [start, size] of [[first, asked.length], [second, file.length], [at, length]]) bespoke_release(start, size);
    return answer;
  };
  const ask = async (command, file = Buffer.alloc(0)) => {
    try {
      return carryOut(command, file);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError) && !(error instanceof RangeError)) throw error;
      instance = await WebAssembly.instantiate(module, imports);
      return { died: String(error) };
    }
  };
  return {
    ask,
    /** As the page does: the lists of words are handed over when a command first needs them. */
    async askWithWords(command, file) {
      const answer = await ask(command, file);
      if (answer.failure?.code !== 'needs-words') return answer;
      await ask({ do: 'words' }, readFileSync(WORD_LISTS));
      return ask(command, file);
    },
  };
}

/** What `bespoke parse --json` says: its output, or the code of its refusal. */
export function parsedBy(bin, path) {
  return new Promise((done) => {
    const child = spawn(bin, ['parse', '--json', path], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, complaints] = [[], []];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => complaints.push(chunk));
    child.on('close', (code) => {
      if (code === 0) return done({ text: Buffer.concat(out).toString('utf8') });
      done({ refused: /\[([a-z-]+)\]/.exec(Buffer.concat(complaints).toString('utf8'))?.[1] ?? `code ${code}` });
    });
  });
}

/** What the server does with other programs, and the page without it does not. */
const WITH_OTHERS = ['needs-conversion', 'ocr-missing', 'ocr-failed'];

/**
 * Compares one file: `same`, `refused` (both, for the same reason), `pictures` (its pages have no text: the server has
 * them recognised), or `differs` with what is different. `ms` is the time of the reader alone.
 */
export async function compare(reader, bin, path) {
  const bytes = readFileSync(path);
  const name = basename(path);
  const read = await reader.askWithWords({ do: 'read', name }, bytes);
  const began = performance.now();
  const report = await reader.askWithWords({ do: 'report', name }, bytes);
  const ms = performance.now() - began;
  if (read.ok?.without_text.length > 0 || WITH_OTHERS.includes(read.failure?.code)) return { result: 'pictures', ms };
  const served = await parsedBy(bin, path);
  if (served.refused) {
    // A panic of the interpreter of PDF is a damaged file to the server; here it ends the instance.
    const here = report.failure?.code ?? (report.died ? 'corrupt' : 'read');
    return { result: here === served.refused ? 'refused' : 'differs', ms, why: `server: ${served.refused}, page: ${here} ${report.died ?? ''}` };
  }
  if (report.ok === served.text) return { result: 'same', ms };
  return { result: 'differs', ms, why: report.ok === undefined ? JSON.stringify(report) : firstDifference(served.text, report.ok) };
}

function firstDifference(one, other) {
  const [left, right] = [one.split('\n'), other.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return `line ${at + 1}: server ${left[at]?.trim()}, page ${right[at]?.trim()}`;
}
