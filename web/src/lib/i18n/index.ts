// Every word that the page says, in every language that it speaks. A text is one entry with all its languages side by
// side, so that a new one touches one place and the compiler refuses one that lacks a language.
import { useSyncExternalStore } from 'react';
import { accountWords } from './account';
import { boardWords } from './board';
import { buildWords } from './build';
import { careerWords } from './career';
import { checkWords } from './check';
import { commonWords } from './common';
import { designWords } from './design';
import { exportWords } from './export';
import { operatorWords } from './operator';
import { homeWords } from './home';
import { identityWords } from './identity';
import { modelWords } from './model';
import { offlineWords } from './offline';
import { openingsWords } from './openings';
import { resumeWords } from './resume';
import { shareWords } from './share';
import { tailorWords } from './tailor';
import { teamWords } from './team';

export const WORDS = {
  ...accountWords,
  ...boardWords,
  ...buildWords,
  ...careerWords,
  ...checkWords,
  ...commonWords,
  ...designWords,
  ...exportWords,
  ...operatorWords,
  ...homeWords,
  ...identityWords,
  ...modelWords,
  ...offlineWords,
  ...openingsWords,
  ...resumeWords,
  ...shareWords,
  ...tailorWords,
  ...teamWords,
};

export type Key = keyof typeof WORDS;
/** Keys that have a form for one and a form for many. */
export type Counted = Key extends infer K ? (K extends `${infer Stem}.one` ? Stem : never) : never;
type Values = Record<string, string | number>;

/** The languages, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
const KEPT = 'bespoke-language';

const isLanguage = (value: string | null): value is Language => value !== null && value in LANGUAGES;

/** The language that the person chose, else the first of the browser's that the page speaks, else English. */
function firstLanguage(): Language {
  if (typeof window === 'undefined') return 'en';
  const kept = window.localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

let current: Language = firstLanguage();
const listeners = new Set<() => void>();

export const language = (): Language => current;

/** Changes the language of the page, now and on later visits. */
export function setLanguage(chosen: Language) {
  current = chosen;
  if (typeof window !== 'undefined') {
    window.localStorage.setItem(KEPT, chosen);
    document.documentElement.lang = chosen;
  }
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, language);
}

/** The text of a key in the present language; `{name}` in it becomes the value of that name. */
export function t(key: Key, values: Values = {}): string {
  return WORDS[key][current].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? num(value) : value;
  });
}

/** A count with its noun: `tn('findings', 1)` is "1 finding". */
export function tn(key: Counted, n: number, values: Values = {}): string {
  const form = new Intl.PluralRules(current).select(n) === 'one' ? 'one' : 'other';
  return t(`${key}.${form}` as Key, { n, ...values });
}

/** A number as the language writes it. */
export const num = (value: number, digits = 0) =>
  new Intl.NumberFormat(current, { minimumFractionDigits: digits, maximumFractionDigits: Math.max(digits, Number.isInteger(value) ? 0 : digits) }).format(value);

/** A day as the language writes it: "3 Mar 2026". */
export const day = (at: Date) => new Intl.DateTimeFormat(current === 'en' ? 'en-GB' : current, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
