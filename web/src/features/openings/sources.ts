// Where to look, as the server reads it: `greenhouse:example`, `adzuna:gb?what=nurse&where=Leeds`, `feed:https://…`.
import { sayName } from '../../lib/words';

export const BOARDS = ['greenhouse', 'lever', 'ashby', 'workable', 'recruitee', 'smartrecruiters', 'adzuna', 'usajobs', 'feed', 'page'] as const;
export type Board = (typeof BOARDS)[number];

/** Countries of the boards that are searched. */
export const COUNTRIES = {
  adzuna: ['gb', 'us', 'at', 'au', 'be', 'br', 'ca', 'ch', 'de', 'es', 'fr', 'in', 'it', 'mx', 'nl', 'nz', 'pl', 'sg', 'za'],
  usajobs: ['us'],
} as const;

export const isSearched = (board: string): board is keyof typeof COUNTRIES => board in COUNTRIES;

/** The source of a search. */
export function searchSource(board: keyof typeof COUNTRIES, country: string, what: string, where: string): string {
  const words = new URLSearchParams();
  if (what.trim()) words.set('what', what.trim());
  if (where.trim()) words.set('where', where.trim());
  return `${board}:${country}?${words}`;
}

/** A source in words: "Adzuna · GB · nurse · Leeds". */
export function saySource(source: string): string {
  const [board = '', rest = ''] = [source.slice(0, source.indexOf(':')), source.slice(source.indexOf(':') + 1)];
  if (!isSearched(board)) return source;
  const [country = '', query = ''] = rest.split('?');
  const words = new URLSearchParams(query);
  return [sayName(board), COUNTRIES[board].length > 1 ? country.toUpperCase() : null, words.get('what'), words.get('where')].filter(Boolean).join(' · ');
}
