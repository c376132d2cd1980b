// Every text stands in every language, says the same values, and no screen says anything that is not in here.
import ts from 'typescript';
import { afterEach, describe, expect, test } from 'vitest';
import type { Key } from '.';
import { LANGUAGES, WORDS, setLanguage, t, tn } from '.';
import { readDate, showDate } from '../dates';

const SCREENS = import.meta.glob<string>('../../**/*.tsx', { query: '?raw', import: 'default', eager: true });
const MODULES = import.meta.glob<string>(['../../**/*.ts', '!../../**/i18n/*'], { query: '?raw', import: 'default', eager: true });
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

/** Whether a text is there in a language, and has the same values as the English one. */
function faults(words: Record<string, Record<string, string>>): string[] {
  return Object.entries(words).flatMap(([key, texts]) =>
    Object.keys(LANGUAGES).flatMap((language) => {
      const text = texts[language];
      if (!text?.trim()) return [`${key} lacks ${language}`];
      return String(placeholders(text)) === String(placeholders(texts['en'] ?? '')) ? [] : [`${key} has other values in ${language}`];
    }),
  );
}

afterEach(() => setLanguage('en'));

describe('the dictionary', () => {
  test('is whole', () => expect(faults(WORDS)).toEqual([]));
  test('a text that lacks a language is found', () => expect(faults({ a: { en: 'A', de: '' }, b: { en: '{n} b', de: 'b' } })).toEqual(['a lacks de', 'b has other values in de']));
  test('forms for one and for many come in pairs', () => {
    const keys = new Set<string>(Object.keys(WORDS));
    for (const key of keys) if (key.endsWith('.one')) expect(keys).toContain(`${key.slice(0, -4)}.other`);
  });
  test('values are put in, numbers as the language writes them', () => {
    expect(tn('check.findings', 1)).toBe('1 finding');
    expect(t('points.of', { name: 'Skills', points: '1', most: 30 })).toBe('Skills, 1 of 30 points');
    setLanguage('de');
    expect(tn('check.findings', 1200)).toBe('1.200 Befunde');
  });
  test('dates are read and shown in both languages', () => {
    expect(readDate('Mär 2021')).toBe('2021-03');
    expect(readDate('heute')).toBe('present');
    expect(readDate('Dezember 2020')).toBe('2020-12');
    setLanguage('de');
    expect(showDate('2021-05')).toBe('Mai 2021');
    expect(readDate(showDate('2021-03'))).toBe('2021-03');
  });
});

/** Names that are the same in every language, or are no words. */
const NO_WORDS = /^[\s\d\p{P}\p{S}]*$|^(Bespoke|Alt|k8s|Kubernetes|Terraform|Ines Arvidsen|Ctrl K)$/u;
const SAID = new Set(['aria-label', 'placeholder', 'title', 'alt', 'label', 'what']);

/** What a file says without asking the dictionary. */
function said(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && !NO_WORDS.test(node.text.trim())) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && SAID.has(node.name.getText(file)) && node.initializer && ts.isStringLiteral(node.initializer) && !NO_WORDS.test(node.initializer.text)) found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the screens', () => {
  test.each(Object.entries(SCREENS))('%s says nothing by itself', (name, code) => expect(said(name, code)).toEqual([]));
  test('what is said without the dictionary is found', () => expect(said('x.tsx', '<p title="Hello you">Some words</p>')).toEqual(['Hello you', 'Some words']));
  test('every text is said somewhere', () => {
    const code = Object.values({ ...SCREENS, ...MODULES }).join('\n');
    const stems = [...code.matchAll(/[`']([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = (Object.keys(WORDS) as Key[]).filter((key) => {
      const stem = key.replace(/\.(one|other)$/, '');
      // The texts of a choice are named after it.
      const parent = key.slice(0, key.lastIndexOf('.'));
      return !code.includes(`'${key}'`) && !(key.startsWith('style.') && code.includes(`'${parent}'`)) && !code.includes(`'${stem}'`) && !stems.some((start) => key.startsWith(start));
    });
    expect(unused).toEqual([]);
  });
});
