import type { Sentence } from './queries';

/** A paragraph as one text. */
export const paragraphText = (sentences: Sentence[]) => sentences.map((s) => s.text.trim()).join(' ');

/** An edited paragraph in sentences again: those that still stand in it keep their evidence, what is new has none. */
export function resplit(old: Sentence[], text: string): Sentence[] {
  const out: Sentence[] = [];
  const add = (words: string) => {
    if (words.trim() !== '') out.push({ text: words.trim(), evidence: [], posting: null, author: 'person' });
  };
  let rest = text;
  for (const sentence of old) {
    const at = rest.indexOf(sentence.text.trim());
    if (at < 0) continue;
    add(rest.slice(0, at));
    out.push(sentence);
    rest = rest.slice(at + sentence.text.trim().length);
  }
  add(rest);
  return out;
}

const isWordIn = (text: string, words: string): boolean => {
  const exact = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${exact}(?![\\p{L}\\p{N}])`, 'u').test(text);
};

/** The sentence that says words without evidence: "14" is no part of "140". One that rests on nothing comes first. */
export function sentenceSaying(sentences: Pick<Sentence, 'text' | 'evidence'>[], words: string): string | undefined {
  const saying = sentences.filter(({ text }) => isWordIn(text, words));
  return (saying.find(({ evidence }) => evidence.length === 0) ?? saying[0])?.text;
}
