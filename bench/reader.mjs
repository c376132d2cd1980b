// Whether the reader of the page says the same as the server, byte for byte, and how large and fast it is:
// node bench/reader.mjs --bin BINARY [--wasm FILE] FOLDER…
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { READER, compare, hasReader, newReader } from '../e2e/lib/reader.js';

const MOST_GZIPPED_BYTES = 2_500_000;
const args = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : args.splice(at, 2)[1];
};
const bin = option('--bin');
const wasm = option('--wasm', READER);
const files = (path) => (statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => files(join(path, name))) : [path]);

if (!hasReader && wasm === READER) {
  console.log('this build has no reader in the page: nothing to compare');
  process.exit(0);
}
const bytes = readFileSync(wasm);
const gzipped = gzipSync(bytes, { level: 9 }).length;
console.log(`reader of the page: ${bytes.length} bytes, gzipped ${gzipped} (at most ${MOST_GZIPPED_BYTES})`);

const reader = await newReader(wasm);
const [counts, times, differing] = [{}, [], []];
for (const path of args.flatMap(files)) {
  const { result, ms, why } = await compare(reader, bin, path);
  counts[result] = (counts[result] ?? 0) + 1;
  times.push(ms);
  if (result === 'differs') {
    differing.push(path);
    console.log(`differs: ${path}: ${why}`);
  }
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor((times.length - 1) * share)]?.toFixed(1);
console.log(`${Object.entries(counts).map(([result, n]) => `${result} ${n}`).join(', ')}; p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
process.exit(differing.length > 0 || gzipped > MOST_GZIPPED_BYTES ? 1 : 0);
