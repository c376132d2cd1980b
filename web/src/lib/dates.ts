// Dates of a résumé are ISO 8601 at the precision that is known: "2021", "2021-03", "2021-03-15", or "present".

import type { Language } from './i18n';
import { LANGUAGES, WORDS, language, t } from './i18n';

const monthsOf = (tongue: string, month: 'short' | 'long') =>
  Array.from({ length: 12 }, (_, index) => new Intl.DateTimeFormat(tongue === 'en' ? 'en-US' : tongue, { month, timeZone: 'UTC' }).format(Date.UTC(2021, index, 15)).replace('.', ''));
const TONGUES = Object.keys(LANGUAGES) as Language[];
const SHORT = Object.fromEntries(TONGUES.map((tongue) => [tongue, monthsOf(tongue, 'short')])) as Record<Language, string[]>;
/** Every name of a month in every language of the page, with its number from 1. */
const NAMES = TONGUES.flatMap((tongue) => [...SHORT[tongue], ...monthsOf(tongue, 'long')].map((name, index) => [name.toLowerCase(), (index % 12) + 1] as const));
const TODAY = new Set(['present', 'now', 'today', 'current', 'ongoing', 'heute', 'jetzt', 'aktuell', ...TONGUES.map((tongue) => WORDS['date.present'][tongue].toLowerCase())]);

/** "2021-03" as "Mar 2021", "present" as "Present"; what is no date stays as it is. */
export function showDate(value: string): string {
  if (value === 'present') return t('date.present');
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value) ?? [];
  if (!year) return value;
  const name = month ? SHORT[language()][Number(month) - 1] : undefined;
  if (!name) return year;
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

/** What a person types ("Mar 2021", "03/2021", "2021-3", "2021", "now") as ISO; null where it is no date. */
export function readDate(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  if (TODAY.has(text)) return 'present';
  const two = (n: number) => String(n).padStart(2, '0');
  const made = (year: string, month?: number, day?: number) => {
    if (month === undefined) return year;
    if (month < 1 || month > 12) return null;
    if (day === undefined) return `${year}-${two(month)}`;
    const last = new Date(Number(year), month, 0).getDate();
    return day >= 1 && day <= last ? `${year}-${two(month)}-${two(day)}` : null;
  };
  let match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (match?.[1]) return made(match[1], match[2] ? Number(match[2]) : undefined, match[3] ? Number(match[3]) : undefined);
  match = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (match?.[2]) return made(match[2], Number(match[1]));
  match = /^(?:(\d{1,2})\.?\s+)?(\p{L}{3,9})\.?,?\s+(\d{4})$/u.exec(text);
  if (match?.[2] && match[3]) {
    const word = match[2];
    // "Sept" lies between the short and the long name.
    const month = NAMES.find(([name]) => name === word)?.[1] ?? NAMES.find(([name]) => word.startsWith(name.slice(0, 3)) && name.startsWith(word.slice(0, 4)))?.[1];
    return month === undefined ? null : made(match[3], month, match[1] ? Number(match[1]) : undefined);
  }
  return null;
}
