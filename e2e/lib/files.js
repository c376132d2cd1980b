// The words of a downloaded file, as a program reads them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const UNZIP = `
import re, sys, zipfile
xml = zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode()
xml = re.sub(r'</w:p>|<w:tab/>|<w:br/>', ' ', xml)
text = re.sub(r'<[^>]+>', '', xml)
sys.stdout.write(text.replace('&amp;', '&').replace('&lt;', '<').replace('&gt;', '>').replace('&quot;', '"').replace('&apos;', "'"))
`;

const read = {
  pdf: (path) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }),
  docx: (path) => execFileSync('python3', ['-c', UNZIP, path], { encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf8' } }),
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
