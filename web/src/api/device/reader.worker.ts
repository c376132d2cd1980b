// Runs the reader beside the page, so that the page never stands still. Commands in, answers out; see crates/bespoke-wasm.

type Reader = {
  memory: WebAssembly.Memory;
  bespoke_reserve: (length: number) => number;
  bespoke_release: (start: number, length: number) => void;
  bespoke_answer: (command: number, commandLength: number, file: number, fileLength: number) => bigint;
};

export type Question = { number: number; command: object; file?: ArrayBuffer };
export type Answer = { number: number; answer?: unknown; died?: string };

let source: string | undefined;
let started: Promise<WebAssembly.Module> | undefined;
let running: Promise<Reader> | undefined;

async function start(): Promise<Reader> {
  if (!source) throw new Error('the reader was not named');
  started ??= WebAssembly.compileStreaming(fetch(source));
  const instance = await WebAssembly.instantiate(await started, {});
  return instance.exports as unknown as Reader;
}

/** Copies bytes into the reader's memory; gives where they are. */
function place(reader: Reader, bytes: Uint8Array): number {
  const start = reader.bespoke_reserve(bytes.length);
  if (start === 0) throw new Error('the reader has no room');
  new Uint8Array(reader.memory.buffer, start, bytes.length).set(bytes);
  return start;
}

async function ask(command: object, file: ArrayBuffer): Promise<unknown> {
  running ??= start();
  const reader = await running;
  const asked = new TextEncoder().encode(JSON.stringify(command));
  const bytes = new Uint8Array(file);
  const [first, second] = [place(reader, asked), place(reader, bytes)];
  const packed = reader.bespoke_answer(first, asked.length, second, bytes.length);
  const [at, length] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
  const answer: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(reader.memory.buffer, at, length)));
  for (const [start, size] of [[first, asked.length], [second, bytes.length], [at, length]] as const) reader.bespoke_release(start, size);
  return answer;
}

self.onmessage = async ({ data }: MessageEvent<Question | { source: string }>) => {
  if ('source' in data) {
    source = data.source;
    return;
  }
  let answer: Answer;
  try {
    answer = { number: data.number, answer: await ask(data.command, data.file ?? new ArrayBuffer(0)) };
  } catch (error) {
    // It stopped in the middle of a file: what it has in memory is of no use any more.
    running = undefined;
    answer = { number: data.number, died: String(error) };
  }
  self.postMessage(answer);
};
