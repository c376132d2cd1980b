// The words of a downloaded file, as a program reads them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Arguments: the file, and the part of the package that holds the words (none: the file itself).
const MARKUP = `
import html, re, sys, zipfile
path, part = sys.argv[1], sys.argv[2]
xml = zipfile.ZipFile(path).read(part).decode() if part else open(path, encoding='utf8').read()
xml = re.sub(r'(?s)<(style|head|office:automatic-styles)\\b.*?</\\1>', '', xml)
xml = re.sub(r'</w:p>|<w:tab/>|<w:br/>|</text:p>|</text:h>|</(p|li|h[1-6]|div)>', ' ', xml)
sys.stdout.write(html.unescape(re.sub(r'<[^>]+>', '', xml)))
`;

const wordsOfMarkup = (path, part) => execFileSync('python3', ['-c', MARKUP, path, part], { encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf8' } });

/** Every text of a JSON document, in its order. */
const stringsOf = (value) => (typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(stringsOf) : []);

const read = {
  pdf: (path) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }),
  docx: (path) => wordsOfMarkup(path, 'word/document.xml'),
  odt: (path) => wordsOfMarkup(path, 'content.xml'),
  html: (path) => wordsOfMarkup(path, ''),
  json: (path) => stringsOf(JSON.parse(readFileSync(path, 'utf8'))).join(' '),
  md: (path) => readFileSync(path, 'utf8'),
  txt: (path) => readFileSync(path, 'utf8'),
};

export const textOf = (format, path) => read[format](path);

/** Only letters and digits: what stays equal through line breaks, bullets, marks and typographic quotes. */
export const letters = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The words of page one with their boxes in points, as poppler sees them. */
export function wordsOfPdf(path) {
  const html = execFileSync('pdftotext', ['-bbox', '-l', '1', path, '-'], { encoding: 'utf8' });
  const page = /<page width="([\d.]+)" height="([\d.]+)"/.exec(html);
  const words = [...html.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)];
  return {
    width: Number(page[1]),
    height: Number(page[2]),
    words: words.map(([, x0, y0, x1, y1, text]) => ({ x0: Number(x0), y0: Number(y0), x1: Number(x1), y1: Number(y1), text })),
  };
}
