// Draws a page of the server on a canvas. A browser makes a document of its own out of every SVG picture, with a shadow tree
// for each letter: too slow to follow a person who types. The pages that the server draws use few elements, and each shape
// of a letter under a name that says what it is; so the shapes are kept, and a page is a loop over its letters.

/** A page with its size in points, ready to be drawn. */
export type Paper = { width: number; height: number; draw: (context: Context) => void };

type Context = CanvasRenderingContext2D;
type Step = (context: Context) => void;

/** Shapes by name. The name is a hash of the shape: one that is known never changes. */
const shapes = new Map<string, Path2D>();
const MOST_SHAPES = 4000;

const TAG = /<(\/?)([a-z]+)((?:\s[^<>]*?)?)(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

function attributesOf(text: string): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(ATTRIBUTE)) if (name !== undefined && value !== undefined) all[name] = value;
  return all;
}

/** Takes up the shapes of a page that are not known yet. */
function learnShapes(svg: string) {
  if (shapes.size > MOST_SHAPES) shapes.clear();
  const open = '<symbol id="';
  for (let at = svg.indexOf(open); at >= 0; at = svg.indexOf(open, at + open.length)) {
    const from = at + open.length;
    const id = svg.slice(from, svg.indexOf('"', from));
    if (shapes.has(id)) continue;
    const drawn = svg.indexOf(' d="', from) + 4;
    const end = svg.indexOf('</symbol>', from);
    if (drawn < 4 || end < 0 || drawn > end) continue;
    shapes.set(id, new Path2D(svg.slice(drawn, svg.indexOf('"', drawn))));
  }
}

const number = (text: string | undefined) => Number(text ?? 0);
const rule = (all: Record<string, string>): CanvasFillRule => (all['fill-rule'] === 'evenodd' ? 'evenodd' : 'nonzero');
const paints = (colour: string | undefined) => colour !== undefined && colour !== 'none' && colour !== 'transparent';

/** The matrix of `translate(x y)` or `matrix(a b c d e f)`; null for any other. */
function matrixOf(transform: string | undefined): [number, number, number, number, number, number] | null {
  if (transform === undefined) return [1, 0, 0, 1, 0, 0];
  const [, name, inside = ''] = /^(translate|matrix)\(([^)]*)\)$/.exec(transform) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = inside.split(/[\s,]+/).map(Number);
  if (name === 'translate') return [1, 0, 0, 1, a, b];
  return name === 'matrix' ? [a, b, c, d, e, f] : null;
}

function pathStep(all: Record<string, string>): Step | null {
  const matrix = matrixOf(all['transform']);
  if (!matrix || all['d'] === undefined) return null;
  const path = new Path2D(all['d']);
  const { fill, stroke } = all;
  return (context) => {
    context.save();
    context.transform(...matrix);
    if (fill !== undefined && paints(fill)) {
      context.fillStyle = fill;
      context.fill(path, rule(all));
    }
    if (stroke !== undefined && paints(stroke)) {
      context.strokeStyle = stroke;
      context.lineWidth = number(all['stroke-width'] ?? '1');
      context.lineCap = (all['stroke-linecap'] ?? 'butt') as CanvasLineCap;
      context.lineJoin = (all['stroke-linejoin'] ?? 'miter') as CanvasLineJoin;
      context.miterLimit = number(all['stroke-miterlimit'] ?? '4');
      context.setLineDash((all['stroke-dasharray'] ?? '').split(/[\s,]+/).filter(Boolean).map(Number));
      context.lineDashOffset = number(all['stroke-dashoffset']);
      context.stroke(path);
    }
    context.restore();
  };
}

function letterStep(all: Record<string, string>): Step | null {
  const shape = shapes.get((all['xlink:href'] ?? '').slice(1));
  const [x, y, fill] = [number(all['x']), number(all['y']), all['fill']];
  if (!shape || fill === undefined) return null;
  return (context) => {
    if (context.fillStyle !== fill) context.fillStyle = fill;
    context.translate(x, y);
    context.fill(shape, 'nonzero');
    context.translate(-x, -y);
  };
}

/** Reads a page; null where it holds what is not drawn here, such as a photograph: then the browser must show it. */
export function readPaper(svg: string): Paper | null {
  const [, , width, height] = (/viewBox="([^"]*)"/.exec(svg)?.[1] ?? '').split(' ').map(Number);
  if (!width || !height) return null;
  learnShapes(svg);
  const end = svg.indexOf('<defs');
  const body = end < 0 ? svg : svg.slice(0, end);
  const steps: Step[] = [];
  for (const [, closes, tag, text = '', empty] of body.matchAll(TAG)) {
    if (tag === 'svg') continue;
    if (tag === 'g' || tag === 'a') {
      if (closes) {
        steps.push((context) => context.restore());
        continue;
      }
      const matrix = matrixOf(attributesOf(text)['transform']);
      if (!matrix || /\s(clip-path|mask|filter|opacity|style)=/.test(text)) return null;
      steps.push((context) => {
        context.save();
        context.transform(...matrix);
      });
      if (empty) steps.push((context) => context.restore());
      continue;
    }
    if (closes) continue;
    const all = attributesOf(text);
    // The place of a link; nothing is seen of it.
    if (tag === 'rect' && !paints(all['fill']) && !paints(all['stroke'])) continue;
    const step = tag === 'use' ? letterStep(all) : tag === 'path' ? pathStep(all) : null;
    if (!step || [all['fill'], all['stroke']].some((colour) => colour?.startsWith('url('))) return null;
    steps.push(step);
  }
  return { width, height, draw: (context) => steps.forEach((step) => step(context)) };
}
