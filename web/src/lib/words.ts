import type { Key } from './i18n';
import { WORDS, day, t, tn } from './i18n';

/** The name of a part of a score, or any kebab-case name, as a person reads it. */
export function sayName(name: string): string {
  const known = [`part.${name}`, `section.${name}`].find((key) => key in WORDS);
  const text = known ? t(known as Key) : name.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function sayWhen(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return t('when.now');
  if (minutes < 60) return tn('when.minutes', minutes);
  if (minutes < 24 * 60) return tn('when.hours', Math.round(minutes / 60));
  return day(then);
}

/** A day as the server writes it, `2026-03-01`, as the language writes it. */
export const sayDay = (iso: string) => day(new Date(`${iso}T12:00`));

/** Today where the person is, as the server writes days. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Begins with a capital and ends with a stop. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?…]$/.test(text) ? '' : '.');
