import { beforeAll, expect, test } from 'vitest';
import { readPaper } from './paper';

// There is no canvas here: the paths stay the texts that they are made of.
beforeAll(() => {
  class Path2D {
    constructor(readonly d: string) {}
  }
  Object.assign(globalThis, { Path2D });
});

const page = (body: string) =>
  `<svg viewBox="0 0 595 842" xmlns="http://www.w3.org/2000/svg"><path fill="#ffffff" d="M 0 0v 842Z "/>${body}<defs id="glyph"><symbol id="gA1" overflow="visible"><path d="M 0 0m 1 2Z "/></symbol></defs></svg>`;

/** What is done to the canvas, in words. */
function drawn(svg: string): string[] | null {
  const said: string[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (all, name) => all[String(name)] ?? ((...args: unknown[]) => said.push(`${String(name)} ${args.map((one) => (one instanceof Path2D ? (one as unknown as { d: string }).d : String(one))).join(' ')}`.trim())),
    set: (all, name, value) => {
      all[String(name)] = value;
      said.push(`${String(name)} = ${String(value)}`);
      return true;
    },
  });
  const paper = readPaper(svg);
  paper?.draw(context as unknown as CanvasRenderingContext2D);
  return paper && said;
}

test('letters are drawn where they stand, in their colour', () => {
  const all = drawn(page('<g transform="matrix(1 0 0 -1 0 19)"><use xlink:href="#gA1" x="22.5" y="0" fill="#1f3a5f" fill-rule="nonzero"/></g>'));
  expect(all?.slice(-6)).toEqual(['transform 1 0 0 -1 0 19', 'fillStyle = #1f3a5f', 'translate 22.5 0', 'fill M 0 0m 1 2Z  nonzero', 'translate -22.5 0', 'restore']);
});

test('a line keeps its dashes, and the place of a link is not seen', () => {
  const all = drawn(page('<a href="mailto:ada@example.org"><rect width="9" height="9" fill="transparent" stroke="none"/></a><path fill="none" stroke="#ccc" stroke-width="0.6" stroke-dasharray="0.8 2" d="M 0 0h 9"/>'));
  expect(all).toContain('setLineDash 0.8,2');
  expect(all).toContain('stroke M 0 0h 9');
  expect(all?.some((step) => step.includes('rect'))).toBe(false);
});

test.each([
  ['a photograph', '<image href="data:image/png;base64,AA" width="9" height="9"/>'],
  ['a shade', '<path fill="url(#g1)" d="M 0 0h 9"/>'],
  ['a cut', '<g clip-path="url(#c1)"><path fill="#000" d="M 0 0h 9"/></g>'],
  ['a letter without a shape', '<use xlink:href="#gB2" x="0" y="0" fill="#000"/>'],
  ['a turn', '<g transform="rotate(90)"></g>'],
])('%s is left to the browser', (_, body) => expect(readPaper(page(body))).toBeNull());
